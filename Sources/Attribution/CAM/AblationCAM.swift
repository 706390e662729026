import Networks
import Tensors

/// Ablation-CAM: a channel weighs as much as the score loses without it.
///
/// ```
/// map = Σ_c w_c A_c     w_c = f(x) − f(x with A_c = 0)
/// ```
///
/// Sixteen channels are switched off side by side, and only what lies behind the layer is computed
/// again. The published weights are divided by `f(x)`: that scales the map and, where the score is
/// negative or a difference of logits, may turn it round, so it is left to the profile. The
/// profile's tool takes its minimum less ten million for a layer that nowhere reaches zero; here
/// ablated always means zero, as published.
///
/// Reference: Desai & Ramaswamy 2020, DOI 10.1109/WACV45572.2020.9093360.
struct AblationCAM: GraphMethod {
  let settings: CAMSettings

  var preferredBatch: Int { 1 }

  func check(_ question: MethodQuestion) throws(MethodError) {
    _ = try settings.layer(of: question.model, method: question.context.name)
  }

  func attribute(
    _ subjects: [Subject], on session: NetworkSession, context: MethodContext
  ) throws -> [Attribution] {
    let model = session.model
    let layer = try settings.layer(of: model, method: context.name)
    let groups = ChannelGroups(layer: layer)
    let plane = groups.plane
    let (activations, scores) = session.activations(of: layer, subjects)
    let request = Self.request(behind: layer, model)
    let needsInput = request.provided.contains(model.input)
    let (input, logits) = (model.input, model.logits)
    var weights = subjects.map { _ in [Double]() }
    session.forEachGroup(subjects.count * groups.count, request) { workspace, packed, number in
      let (subject, group) = (number / groups.count, number % groups.count)
      let values = workspace[layer.value]
      for i in 0..<values.count { values[i] = Vector(repeating: activations[subject][i]) }
      for (lane, channel) in groups.channels(group).enumerated() {
        for i in channel * plane..<(channel + 1) * plane { values[i][lane] = 0 }
      }
      if needsInput {
        let image = subjects[subject].values
        for i in image.indices { workspace[input][i] = Vector(repeating: image[i]) }
      }
      workspace.forward(packed)
    } read: { workspace, number in
      let (subject, group) = (number / groups.count, number % groups.count)
      for lane in 0..<groups.channels(group).count {
        let score = subjects[subject].target.score(workspace[logits].readOnly, lane: lane)
        weights[subject].append(scores[subject] - Double(score))
      }
    }
    let coarse = subjects.indices.map { number in
      let divisor = settings.isProfile && scores[number] != 0 ? scores[number] : 1
      return groups.weighted(activations[number], weights[number].map { $0 / divisor })
    }
    return zip(
      subjects, settings.finish.finish(coarse, of: layer.shape, session.inputShape)
    ).map { subject, values in
      context.attribution(
        values, of: subject, on: session, layer: layer, forward: 1 + layer.shape[0])
    }
  }

  /// Logits from the layer, and from the input too where a way leads past the layer.
  private static func request(behind layer: SpatialLayer, _ model: NetworkModel) -> PlanRequest {
    var request = model.forwardRequest
    request.provided = [layer.value]
    if (try? model.prepared(request)) == nil { request.provided.append(model.input) }
    return request
  }
}
