import Networks
import Tensors

/// A network seen from the end of its ``AffinePrefix``.
struct PathSpace {
  let session: NetworkSession
  let prefix: AffinePrefix

  init(_ session: NetworkSession) {
    self.session = session
    prefix = AffinePrefix(session.model)
  }

  var shape: Shape { session.model.graph[prefix.end].shape }
  var isInput: Bool { prefix.end == session.model.input }

  /// Logits and gradients from the end of the prefix on.
  var request: PlanRequest {
    request(from: prefix.end, to: session.model.logits).withGradients(at: [prefix.end])
  }

  private func request(from start: Graph.ValueID, to end: Graph.ValueID) -> PlanRequest {
    var request = PlanRequest(provided: [start], outputs: [end])
    request.kernels = session.model.kernels
    return request
  }

  /// What the prefix makes of inputs.
  func values(of inputs: [[Float]]) -> [[Float]] {
    if isInput { return inputs }
    let (input, end) = (session.model.input, prefix.end)
    let request = request(from: input, to: end)
    var results: [[Float]] = []
    session.forEachGroup(session.groupCount(inputs.count), request) { workspace, weights, group in
      Self.fill(workspace[input], inputs, group)
      workspace.forward(weights)
    } read: { workspace, group in
      for lane in 0..<min(laneCount, inputs.count - group * laneCount) {
        results.append(workspace[end].readOnly.sample(lane))
      }
    }
    return results
  }

  /// Gradients at the network's input from those behind the prefix.
  func inputGradients(_ gradients: [[Float]]) -> [[Float]] {
    if isInput { return gradients }
    let (input, end) = (session.model.input, prefix.end)
    let request = request(from: input, to: end).withGradients(at: [input])
    var results: [[Float]] = []
    session.forEachGroup(session.groupCount(gradients.count), request) {
      workspace, weights, group in
      Self.fill(workspace.gradient(of: end), gradients, group)
      workspace.backward(weights)
    } read: { workspace, group in
      for lane in 0..<min(laneCount, gradients.count - group * laneCount) {
        results.append(workspace.gradient(of: input).readOnly.sample(lane))
      }
    }
    return results
  }

  private static func fill(_ lanes: MutableLanesView, _ samples: [[Float]], _ group: Int) {
    for lane in 0..<laneCount {
      lanes.setSample(lane, to: samples[min(group * laneCount + lane, samples.count - 1)])
    }
  }
}
