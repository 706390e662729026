import CAllocationCounter
import Networks
import Tensors
import Testing

/// What a pass may cost besides time: counts, which are the same on every machine.
@Suite struct ResourceTests {
  @Test(.enabled(if: CAllocationCounter_isAvailable() == 1))
  func thePassesOfAPlanAllocateNothing() throws {
    let graph = try ExampleNetwork.leNet()
    var request = PlanRequest(graph).withGradients(at: graph.inputs)
    request.parameterGradients = graph.trainableParameters
    let plan = try Plan(graph, request)
    let weights = plan.weights(of: graph)
    let workspace = Workspace(plan)
    workspace[graph.inputs[0]].fill(Vector(repeating: 0.5))
    func pass() {
      workspace.forward(weights)
      workspace.gradient(of: graph.outputs[0]).fill(Vector(repeating: 1))
      workspace.backward(weights)
    }
    pass()
    let before = CAllocationCounter_count()
    pass()
    #expect(CAllocationCounter_count() - before == 0)
    // That the counter counts: a fresh array is one allocation.
    let array = Array(repeating: Float(before), count: 1000)
    #expect(CAllocationCounter_count() > before && array.count == 1000)
  }

  /// Sixteen samples of 224x224 through the network of 18 layers: values, gradients and packed
  /// weights together.
  @Test func aResidualNetworkFitsIntoItsMemory() throws {
    let graph = try ExampleNetwork.resNet18()
    let forward = PlanRequest(graph)
    let both = forward.withGradients(at: graph.inputs)
    for (request, megabytes) in [(forward, 250), (both, 700)] {
      let plan = try Plan(graph, request)
      let bytes = plan.workspaceBytes + plan.weights(of: graph).bytes()
      #expect(bytes < megabytes << 20, "\(bytes >> 20) MB of \(megabytes)")
    }
  }
}
