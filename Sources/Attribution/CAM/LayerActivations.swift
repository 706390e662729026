import Networks
import Tensors

extension NetworkSession {
  /// A layer's activations and the scores of all subjects.
  func activations(
    of layer: SpatialLayer, _ subjects: [Subject]
  ) -> (activations: [[Float]], scores: [Double]) {
    let (input, logits) = (model.input, model.logits)
    var request = model.forwardRequest
    request.outputs.append(layer.value)
    var (activations, scores): ([[Float]], [Double]) = ([], [])
    forEachGroup(groupCount(subjects.count), request) { workspace, weights, group in
      subjects.fill(workspace[input], group: group)
      workspace.forward(weights)
    } read: { workspace, group in
      for (lane, subject) in subjects.inGroup(group).enumerated() {
        activations.append(workspace[layer.value].readOnly.sample(lane))
        scores.append(Double(subject.target.score(workspace[logits].readOnly, lane: lane)))
      }
    }
    return (activations, scores)
  }
}

/// The channels of one subject's activations, sixteen side by side.
struct ChannelGroups: Sendable {
  let layer: SpatialLayer

  var count: Int { (layer.shape[0] + laneCount - 1) / laneCount }
  var plane: Int { layer.shape.count / layer.shape[0] }

  func channels(_ group: Int) -> Range<Int> {
    group * laneCount..<min(layer.shape[0], (group + 1) * laneCount)
  }

  /// `Σ_c weights[c] A_c`
  func weighted(_ activations: [Float], _ weights: [Double]) -> [Float] {
    (0..<plane).map { place in
      Float(
        weights.indices.reduce(0) { $0 + weights[$1] * Double(activations[$1 * plane + place]) })
    }
  }
}
