import Networks
import Tensors

/// FullGrad: the input's and every bias's part in the score, as pictures on top of each other.
///
/// ```
/// map = ψ(x ∂f/∂x) + Σ over layers, c of ψ(b_c ∂f/∂z_c)     ψ: magnitude, stretched to 0…1, enlarged
/// ```
///
/// Biases are those of convolutions and batch normalisations, for which `b = bias − mean · scale / σ`.
///
/// Reference: Srinivas & Fleuret 2019, arXiv 1905.00780.
struct FullGrad: GraphMethod {
  let settings: CAMSettings

  var preferredBatch: Int { laneCount }

  func check(_ question: MethodQuestion) throws(MethodError) {
    _ = try settings.layer(of: question.model, method: question.context.name)
  }

  /// A layer's biases, one for each channel.
  private struct Biases: Sendable {
    let value: Graph.ValueID
    let shape: Shape
    let biases: [Float]
    let enlarging: Resize
  }

  func attribute(
    _ subjects: [Subject], on session: NetworkSession, context: MethodContext
  ) throws -> [Attribution] {
    let model = session.model
    _ = try settings.layer(of: model, method: context.name)
    let layers = biases(model)
    let (input, logits) = (model.input, model.logits)
    let target = session.inputShape
    var request = model.gradientRequest
    request.gradients += layers.map(\.value)
    var maps: [Attribution] = []
    session.forEachGroup(
      session.groupCount(subjects.count), request
    ) { workspace, weights, group in
      subjects.fill(workspace[input], group: group)
      workspace.forward(weights)
      subjects.seed(
        workspace[logits].readOnly, workspace.gradient(of: logits), group: group)
      workspace.backward(weights)
      let sum = Lanes([1, target[1], target[2]])
      defer { withExtendedLifetime(sum) {} }
      let own = workspace.gradient(of: input)
      own.map(own.readOnly, workspace[input].readOnly) { $0 * $1 }
      for channel in 0..<target[0] {
        let plane = own[channel * sum.view.count..<(channel + 1) * sum.view.count]
        plane.stretchMagnitudes()
        sum.mutableView.add(plane.readOnly)
      }
      for layer in layers {
        Self.add(layer, workspace.gradient(of: layer.value), to: sum.mutableView)
      }
      settings.finish.finish(sum.mutableView, of: sum.shape, into: workspace[input], target)
    } read: { workspace, group in
      for (lane, subject) in subjects.inGroup(group).enumerated() {
        maps.append(
          Attribution(
            shape: target, values: workspace[input].readOnly.sample(lane),
            record: AttributionRecord(
              method: context.name, settings: context.settings, seed: context.seed,
              target: subject.target, forwardEvaluations: 1, backwardEvaluations: 1)))
      }
    }
    return maps
  }

  private static func add(
    _ layer: Biases, _ gradients: MutableLanesView, to sum: MutableLanesView
  ) {
    let enlarged = Lanes([sum.count])
    defer { withExtendedLifetime(enlarged) {} }
    let size = layer.shape.count / layer.shape[0]
    for (channel, bias) in layer.biases.enumerated() {
      let plane = gradients[channel * size..<(channel + 1) * size]
      plane.map(plane.readOnly) { $0 * bias }
      plane.stretchMagnitudes()
      layer.enlarging.enlarge(plane.readOnly, into: enlarged.mutableView)
      sum.add(enlarged.view)
    }
  }

  /// The biases of all spatial layers that have some.
  private func biases(_ model: NetworkModel) -> [Biases] {
    model.spatialLayers.compactMap { layer in
      guard let producer = model.graph[layer.value].producer else { return nil }
      let node = model.graph[producer]
      let parameters = node.parameters.map { model.graph[$0].values }
      let biases: [Float]
      switch node.operation {
      case .convolution, .transposedConvolution:
        guard parameters.count > 1 else { return nil }
        biases = parameters[1]
      case .batchNormalization(let normalization):
        biases = normalization.lines(parameters).map(\.offset)
      default:
        return nil
      }
      return Biases(
        value: layer.value, shape: layer.shape, biases: biases,
        enlarging: settings.finish.enlarging(
          layer.shape, to: model.graph[model.input].shape))
    }
  }
}

extension MutableLanesView {
  /// The magnitudes, each sample's brought to 0…1.
  fileprivate func stretchMagnitudes() {
    map(readOnly) { .maximum($0, -$0) }
    stretch()
  }
}

extension BatchNormalization {
  /// What the layer does to each channel: `y = slope · x + offset`.
  func lines(_ parameters: [[Float]]) -> [(slope: Float, offset: Float)] {
    let (scales, biases, means, variances) = (
      parameters[0], parameters[1], parameters[2], parameters[3]
    )
    return scales.indices.map { c in
      let slope = Double(scales[c]) / (Double(variances[c]) + Double(epsilon)).squareRoot()
      return (Float(slope), Float(Double(biases[c]) - slope * Double(means[c])))
    }
  }
}
