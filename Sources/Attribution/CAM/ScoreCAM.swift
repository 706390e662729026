import Networks
import Tensors

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Score-CAM: each channel is a mask of the image, and weighs as much as the score likes what the mask
/// shows.
///
/// ```
/// map = Σ_c w_c A_c     w = softmax over c of f(x′ + (x − x′) H_c)     H_c: A_c enlarged, from 0 to 1
/// ```
///
/// What a mask hides is black, in pixel terms; pytorch-grad-cam multiplies the model's input, where
/// zero is some grey if inputs are normalised. The published weights also subtract `f(x′)`, which
/// softmax does not see.
///
/// Reference: Wang et al. 2020, arXiv 1910.01279.
struct ScoreCAM: GraphMethod {
  let settings: CAMSettings

  var preferredBatch: Int { 1 }

  func check(_ question: MethodQuestion) throws(MethodError) {
    _ = try settings.layer(of: question.model, method: question.context.name)
  }

  func attribute(
    _ subjects: [Subject], on session: NetworkSession, context: MethodContext
  ) throws -> [Attribution] {
    let layer = try settings.layer(of: session.model, method: context.name)
    let groups = ChannelGroups(layer: layer)
    let channels = layer.shape[0]
    let activations = session.activations(of: layer, subjects).activations
    let hidden =
      settings.isProfile
      ? Array(repeating: 0, count: session.inputShape.count)
      : ChannelPlanes(session.inputShape, channels: context.space.black.count)
        .filled(context.space.black)
    let masks = ChannelMasks(groups: groups, input: session.inputShape, settings: settings)
    var scores = subjects.map { _ in [Double]() }
    session.evaluate(groups: subjects.count * groups.count) { number, inputs in
      let (subject, group) = (number / groups.count, number % groups.count)
      masks.show(
        subjects[subject].values, hidden: hidden, activations[subject],
        channels: groups.channels(group), in: inputs)
    } read: { number, logits in
      let (subject, group) = (number / groups.count, number % groups.count)
      for lane in groups.channels(group).indices.map({ $0 - group * laneCount }) {
        scores[subject].append(Double(subjects[subject].target.score(logits, lane: lane)))
      }
    }
    let coarse = zip(activations, scores).map { groups.weighted($0, Self.softmax($1)) }
    return zip(
      subjects, settings.finish.finish(coarse, of: layer.shape, session.inputShape)
    ).map { subject, values in
      context.attribution(values, of: subject, on: session, layer: layer, forward: 1 + channels)
    }
  }

  private static func softmax(_ scores: [Double]) -> [Double] {
    let largest = scores.max() ?? 0
    let powers = scores.map { exp($0 - largest) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }
}

/// Images seen through the channels of a layer.
private struct ChannelMasks: Sendable {
  let groups: ChannelGroups
  let input: Shape
  let enlarging: Resize

  init(groups: ChannelGroups, input: Shape, settings: CAMSettings) {
    self.groups = groups
    self.input = input
    let source = groups.layer.shape
    enlarging =
      settings.isProfile
      ? Resize(
        from: Array(source.axes[1...]), to: Array(input.axes[1...]), interpolation: .linear,
        coordinates: .alignCorners)
      : settings.finish.enlarging(source, to: input)
  }

  /// Fills each lane with the image as one channel shows it; lanes left over repeat the first.
  func show(
    _ image: [Float], hidden: [Float], _ activations: [Float], channels: Range<Int>,
    in inputs: MutableLanesView
  ) {
    let plane = groups.plane
    let coarse = Lanes([plane])
    let mask = Lanes([input.count / input[0]])
    defer { withExtendedLifetime((coarse, mask)) {} }
    for lane in 0..<laneCount {
      let channel = channels.dropFirst(lane).first ?? channels.lowerBound
      coarse.mutableView.setSample(
        lane, to: Array(activations[channel * plane..<(channel + 1) * plane]))
    }
    enlarging.enlarge(coarse.view, into: mask.mutableView)
    mask.mutableView.stretch()
    for i in 0..<inputs.count {
      inputs[i] = hidden[i] + (image[i] - hidden[i]) * mask.view[i % mask.view.count]
    }
  }
}
