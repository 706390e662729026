public import Networks
public import Tensors

/// What a pass over one image takes on this machine, without running the network.
///
/// Memory is that of the plans, which is exact: sixteen samples side by side, divided by sixteen.
/// Time is for a full group on each thread: each layer takes as long as its multiply-adds do at the
/// machine's peak, half of that where Winograd's method runs, or as its elements take on their way
/// from and to memory, whichever is longer.
public struct CostEstimate: Sendable {
  /// Bytes for one image, forward alone and with the gradient at the input.
  public let forwardBytes: Int
  public let gradientBytes: Int

  /// Bytes of the parameters themselves.
  public let parameterBytes: Int

  /// Seconds for one image, on all threads.
  public let forwardSeconds: Double
  public let gradientSeconds: Double

  /// What the estimate rests on.
  public let peakOperationsPerSecond: Double
  public let bytesPerSecond: Double
  public let threads: Int

  public init(
    _ graph: Graph, input: Graph.ValueID, logits: Graph.ValueID, workers: Workers,
    kernels: KernelVariant = .best
  ) throws(PlanError) {
    var forward = PlanRequest(provided: [input], outputs: [logits])
    forward.kernels = kernels
    forwardBytes = try Plan(graph, forward).workspaceBytes / laneCount
    gradientBytes = try Plan(graph, forward.withGradients(at: [input])).workspaceBytes / laneCount
    parameterBytes = graph.parameters.reduce(0) { $0 + $1.values.count } * 4
    threads = workers.count
    // Some percent do not matter to an estimate; a user's waiting does.
    peakOperationsPerSecond = PeakRate.measured(
      on: workers, with: kernels, runs: 4, rounds: 1_000_000)
    bytesPerSecond = Self.assumedBandwidth * Double(threads)
    var seconds = 0.0
    for id in graph.nodeIDs {
      let node = graph[id]
      guard !node.operation.layer.isView else { continue }
      let elements = node.inputs.reduce(graph[node.output].shape.count) {
        $0 + graph[$1].shape.count
      }
      var operations = 2 * Double(graph.multiplyAdds(of: id))
      if case .convolution(let layer) = node.operation, layer.usesFewerProducts { operations /= 2 }
      seconds += max(
        operations / peakOperationsPerSecond, 4 * Double(elements) / bytesPerSecond)
    }
    forwardSeconds = seconds
    gradientSeconds = 2 * seconds
  }

  /// What one thread gets of a desktop's or a small server's memory when all read and write.
  private static let assumedBandwidth = 1e10
}

extension Convolution {
  /// Whether the kernels have Winograd's method for it.
  fileprivate var usesFewerProducts: Bool {
    let axis = KernelAxis(
      kernel: vertical.kernel, before: horizontal.before, after: horizontal.after)
    return groups == 1 && (vertical.kernel == 3 || vertical.kernel == 5)
      && horizontal == axis && vertical.stride == 1 && vertical.dilation == 1
  }
}
