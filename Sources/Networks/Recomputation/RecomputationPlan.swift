import Synchronization
import Tensors

/// How to compute a network's outputs anew when a rectangle of its input has changed.
///
/// The network runs once on the unchanged input, and what is read again stays. Then, for each change,
/// every layer computes the outputs that the change can have reached, of what changed and what
/// stayed, and nothing else. The results are those of the whole pass to the bit: windows are computed
/// by the same kernels in the same order of additions, Winograd's in whole tiles of the same grid.
/// Where a layer's footprint is not known, or is nearly everything, it runs as usual.
///
/// One `RecomputationPlan` serves all threads; each has a ``Recomputation``.
///
/// Nakandala et al., "Krypton" (SIGMOD 2019, doi 10.1145/3299869.3319874), first recomputed occlusion
/// this way; sixteen samples at places of their own are ours.
public final class RecomputationPlan: Sendable {
  let graph: Graph
  let input: Graph.ValueID
  let output: Graph.ValueID
  let base: Plan
  let weights: PlanWeights
  let kinds: [StepKind]

  /// For each step, what computing all of it takes; see ``cost(changing:)``.
  let wholeCosts: [Double]

  /// Weights of direct convolutions in the order that smaller maps want, by step and blocks.
  private let repacked = Mutex<[Repacked: AlignedFloats]>([:])

  private struct Repacked: Hashable {
    let step: Int
    let channelBlocks: Int
  }

  /// - Parameter request: how the network runs; what it provides and asks for is replaced.
  public init(
    _ graph: Graph, input: Graph.ValueID, output: Graph.ValueID, like request: PlanRequest
  ) throws(PlanError) {
    self.graph = graph
    self.input = input
    self.output = output
    var request = request
    request.provided = [input]
    request.outputs = [output]
    let steps = try Plan(graph, request).steps
    request.outputs = Self.valuesReadAgain(graph, steps, output).filter { $0 != input }
    base = try Plan(graph, request)
    weights = base.weights(of: graph)
    kinds = base.steps.map { StepKind($0, graph) }
    wholeCosts = Self.wholeCosts(graph, base.steps, kinds)
  }

  /// Whether anything is saved: whether the first layers are of a kind whose footprint is known.
  public var savesWork: Bool {
    graph[input].shape.rank == 3
      && zip(base.steps, kinds).contains { step, kind in
        guard case .window = kind else { return false }
        return true
      }
      && zip(base.steps, kinds).allSatisfy { step, kind in
        guard step.inputs.contains(input), case .whole = kind else { return true }
        return false
      }
  }

  /// The bytes that the unchanged pass takes in each ``Recomputation``.
  public var baseBytes: Int { base.workspaceBytes }

  /// The distances in pixels of the input at which windows and tiles of the layers repeat, ascending.
  public var periods: [Int] {
    var strides: [Graph.ValueID: Int] = [input: 1]
    var periods: Set<Int> = []
    for (step, kind) in zip(base.steps, kinds) {
      guard let stride = step.inputs.compactMap({ strides[$0] }).max() else { continue }
      switch kind {
      case .window(let window):
        strides[step.written] = stride * window.vertical.stride
        periods.insert(stride * window.vertical.stride * window.vertical.tile)
      case .pixelwise, .alias: strides[step.written] = stride
      case .whole: break
      }
    }
    return periods.sorted()
  }

  /// The values that are read again although they did not change: around windows, beside a changed
  /// operand, and by layers that run as a whole.
  private static func valuesReadAgain(
    _ graph: Graph, _ steps: [PlanStep], _ output: Graph.ValueID
  ) -> [Graph.ValueID] {
    var values: Set<Graph.ValueID> = [output]
    for step in steps {
      switch StepKind(step, graph) {
      case .window, .whole: values.formUnion(step.inputs)
      case .pixelwise: if step.inputs.count > 1 { values.formUnion(step.inputs) }
      case .alias: break
      }
    }
    // What is read under another name has to be there under the first one as well.
    for step in steps.reversed() where step.layer.isView && values.contains(step.output) {
      values.insert(step.inputs[0])
    }
    return values.sorted { $0.index < $1.index }
  }

  /// The packed weights of a convolution step for a kernel of other sizes.
  func packedWeights(_ step: Int, for kernel: ConvolutionKernel, whole: ConvolutionKernel)
    -> AlignedFloats
  {
    if kernel.channelBlocks == whole.channelBlocks { return weights.layers[step].packed[1] }
    let key = Repacked(step: step, channelBlocks: kernel.channelBlocks)
    return repacked.withLock { known in
      if let packed = known[key] { return packed }
      let packed = AlignedFloats(count: kernel.packedCount)
      kernel.pack(weights.layers[step].parameters[0].values, into: packed)
      known[key] = packed
      return packed
    }
  }
}
