// Any bytes to the reader of model files: it must end with a model or an error. What was read must
// be writable and readable again, and a small network must run, both ways.

import ModelFiles
import Networks
import Tensors

@_cdecl("LLVMFuzzerTestOneInput")
public func readModel(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  guard let model = try? ModelFile(bytes: bytes) else { return 0 }
  let written = model.onnxBytes
  do {
    let again = try ModelFile(bytes: written)
    precondition(again.graph.nodes.count == model.graph.nodes.count, "another network was written")
  } catch {
    preconditionFailure("what was written cannot be read: \(error)")
  }
  // What `inspect` counts, which strides and sizes can make as large as they like.
  _ = model.graph.receptiveFields.map { $0?.window }
  _ = model.graph.nodeIDs.compactMap(model.graph.weightSharing(of:))
    .reduce(WeightSharing(shared: 0, unshared: 0, dense: 0), +)
  run(model)
  return 0
}

/// Runs a network that is quick to run.
private func run(_ model: ModelFile) {
  let elements = model.graph.values.reduce(0) { $0 + $1.shape.count }
  guard elements < 1 << 14, model.graph.multiplyAdds < 1 << 18 else { return }
  let forward = PlanRequest(provided: [model.input], outputs: [model.logits])
  guard let plan = try? Plan(model.graph, forward.withGradients(at: [model.input])) else { return }
  guard plan.workspaceBytes < 1 << 24 else { return }
  let weights = plan.weights(of: model.graph)
  let workspace = Workspace(plan)
  workspace[model.input].fill(Vector(repeating: 0.5))
  workspace.forward(weights)
  workspace.gradient(of: model.logits).fill(Vector(repeating: 1))
  workspace.backward(weights)
}
