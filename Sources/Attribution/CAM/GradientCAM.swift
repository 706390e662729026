import Networks
import Tensors

/// Class activation maps of a layer's activations `A` and the score's gradient `g` there; the backward
/// pass stops at the layer.
///
/// ```
/// grad-cam     Σ_c w_c A_c     w_c = mean of g_c
/// grad-cam++   Σ_c w_c A_c     w_c = Σᵢ relu(gᵢ) / (2 + gᵢ ΣA_c), as published but for gᵢ² above and below
/// xgrad-cam    Σ_c w_c A_c     w_c = Σᵢ gᵢ Aᵢ / ΣA_c
/// hirescam     Σ_c g_c A_c
/// layer-cam    Σ_c relu(g_c) A_c
/// ```
///
/// References: Selvaraju et al. 2017, arXiv 1610.02391; Chattopadhyay et al. 2018, arXiv 1710.11063
/// (equation 19, for a score passed through an exponential, whose factor is common to all channels);
/// Fu et al. 2020, arXiv 2008.02312; Draelos & Carin 2020, arXiv 2011.08891; Jiang et al. 2021, DOI
/// 10.1109/TIP.2021.3089943.
struct GradientCAM: GraphMethod {
  let kind: Kind
  let settings: CAMSettings

  enum Kind: String, Sendable, CaseIterable {
    case gradCAM = "grad-cam"
    case gradCAMPlusPlus = "grad-cam++"
    case xGradCAM = "xgrad-cam"
    case hiResCAM = "hirescam"
    case layerCAM = "layer-cam"
  }

  var preferredBatch: Int { laneCount }

  func check(_ question: MethodQuestion) throws(MethodError) {
    _ = try settings.layer(of: question.model, method: question.context.name)
  }

  func attribute(
    _ subjects: [Subject], on session: NetworkSession, context: MethodContext
  ) throws -> [Attribution] {
    let model = session.model
    let layer = try settings.layer(of: model, method: context.name)
    var request = model.forwardRequest
    request.outputs.append(layer.value)
    request.seeds = [model.logits]
    request.gradients = [layer.value]
    let (input, logits) = (model.input, model.logits)
    let target = session.inputShape
    var maps: [Attribution] = []
    session.forEachGroup(
      session.groupCount(subjects.count), request
    ) { workspace, weights, group in
      subjects.fill(workspace[input], group: group)
      workspace.forward(weights)
      subjects.seed(
        workspace[logits].readOnly, workspace.gradient(of: logits), group: group)
      workspace.backward(weights)
      let coarse = Lanes(Shape(Array(layer.shape.axes[1...])))
      defer { withExtendedLifetime(coarse) {} }
      add(
        workspace[layer.value].readOnly, workspace.gradient(of: layer.value).readOnly,
        channels: layer.shape[0], to: coarse.mutableView)
      // The input has done its duty; the map takes its place.
      settings.finish.finish(
        coarse.mutableView, of: layer.shape, into: workspace[input], target)
    } read: { workspace, group in
      for (lane, subject) in subjects.inGroup(group).enumerated() {
        maps.append(
          context.attribution(
            workspace[input].readOnly.sample(lane), of: subject, on: session, layer: layer,
            forward: 1, backward: 1))
      }
    }
    return maps
  }

  /// Adds what the channels contribute to `plane`.
  private func add(
    _ activations: LanesView, _ gradients: LanesView, channels: Int, to plane: MutableLanesView
  ) {
    let size = plane.count
    for channel in 0..<channels {
      let range = channel * size..<(channel + 1) * size
      let (a, g) = (activations[range], gradients[range])
      switch kind {
      case .gradCAM:
        let weight = g.total() / Float(size)
        plane.map(plane.readOnly, a) { $0 + weight * $1 }
      case .gradCAMPlusPlus:
        let weight = plusPlusWeight(a, g)
        plane.map(plane.readOnly, a) { $0 + weight * $1 }
      case .xGradCAM:
        let sum = a.total() + (settings.isProfile ? 1e-7 : 0)
        var weight = Vector.zero
        for i in 0..<size { weight += g[i] * a[i] }
        weight = (weight / sum).replacing(with: 0, where: sum .== 0)
        plane.map(plane.readOnly, a) { $0 + weight * $1 }
      case .hiResCAM:
        plane.map(plane.readOnly, a, g) { $0 + $1 * $2 }
      case .layerCAM:
        plane.map(plane.readOnly, a, g) { $0 + $1 * .maximum($2, .zero) }
      }
    }
  }

  private func plusPlusWeight(_ a: LanesView, _ g: LanesView) -> Vector {
    let sum = a.total()
    var weight = Vector.zero
    for i in 0..<g.count {
      let share: Vector
      if settings.isProfile {
        let square = g[i] * g[i]
        share = square / (2 * square + sum * square * g[i] + 1e-6)
      } else {
        let divisor = 2 + sum * g[i]
        share = (1 / divisor).replacing(with: 0, where: divisor .== 0)
      }
      weight += share * .maximum(g[i], .zero)
    }
    return weight
  }
}

extension LanesView {
  /// The sum of the elements, in order.
  func total() -> Vector {
    var sum = Vector.zero
    for i in 0..<count { sum += self[i] }
    return sum
  }
}
