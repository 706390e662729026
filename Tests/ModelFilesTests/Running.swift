import ModelFiles
import Networks
import Tensors

/// Runs a model on up to sixteen samples: the logits of each, and the gradient of the first sample's
/// largest logit with respect to the input.
func run(
  _ model: ModelFile, _ samples: [[Float]], allowsWinograd: Bool = true
) throws -> (logits: [[Float]], gradient: [Float]) {
  var request = PlanRequest(provided: [model.input], outputs: [model.logits])
    .withGradients(at: [model.input])
  request.allowsWinograd = allowsWinograd
  let plan = try Plan(model.graph, request)
  let weights = plan.weights(of: model.graph)
  let workspace = Workspace(plan)
  for (lane, sample) in samples.enumerated() {
    workspace[model.input].setSample(lane, to: sample)
  }
  let group = GroupContext(activeLanes: samples.count)
  workspace.forward(weights, group: group)
  let logits = samples.indices.map { workspace[model.logits].readOnly.sample($0) }

  let top = logits[0].indices.max { logits[0][$0] < logits[0][$1] } ?? 0
  let seed = workspace.gradient(of: model.logits)
  seed.fill(.zero)
  seed[top] = Vector(repeating: 1)
  workspace.backward(weights, group: group)
  return (logits, workspace.gradient(of: model.input).readOnly.sample(0))
}
