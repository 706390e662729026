import Synchronization
import Tensors

/// How to compute a network's outputs anew when a rectangle of its input has changed.
///
/// The network runs once on the unchanged input, and what is read again stays. Then, for each change,
/// every layer computes the outputs that the change can have reached, of what changed and what
/// stayed, and nothing else. Windows are computed by the same kernels in the same order of additions,
/// Winograd's in whole tiles of the same grid. So the results are those of the whole pass, to the bit
/// or nearly so, as ``TileRule`` says. Where a layer's footprint is not known it runs as usual.
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
  let kernels: KernelVariant

  /// For each step, what computing all of it takes; see ``cost(of:)``.
  let wholeCosts: [Double]

  /// For each step, the values that nothing reads after it.
  let lastReads: [[Graph.ValueID]]

  /// Weights of direct convolutions in the order that smaller maps want, by step and blocks.
  private let repacked = Mutex<[Repacked: AlignedFloats]>([:])

  private struct Repacked: Hashable {
    let step: Int
    let channelBlocks: Int
  }

  /// - Parameters:
  ///   - request: how the network runs; what it provides and asks for is replaced.
  ///   - others: plans for the same graph whose weights may be shared.
  public init(
    _ graph: Graph, input: Graph.ValueID, output: Graph.ValueID, like request: PlanRequest,
    sharing others: [(plan: Plan, weights: PlanWeights)] = []
  ) throws(PlanError) {
    self.graph = graph
    self.input = input
    self.output = output
    kernels = request.kernels
    var request = request
    request.provided = [input]
    request.outputs = [output]
    let steps = try Plan(graph, request).steps
    request.outputs = Self.valuesReadAgain(graph, steps, output).filter { $0 != input }
    base = try Plan(graph, request)
    weights = base.weights(of: graph, sharing: others)
    kinds = base.steps.map { StepKind($0, graph) }
    wholeCosts = Self.wholeCosts(graph, base.steps, kinds)
    lastReads = Self.lastReads(graph, base.steps, output)
  }

  /// How far changes of these areas of the input reach.
  public func course(changing areas: LaneAreas, _ rule: TileRule) -> Course {
    Course(self, changing: areas, rule)
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

  private static func lastReads(
    _ graph: Graph, _ steps: [PlanStep], _ output: Graph.ValueID
  ) -> [[Graph.ValueID]] {
    // A view's memory is that of what it shows.
    var last: [Graph.ValueID: Int] = [output: steps.count]
    for (index, step) in steps.enumerated().reversed() where step.computes {
      let read = step.layer.isView ? max(index, last[step.made] ?? index) : index
      for input in step.inputs { last[input] = max(read, last[input] ?? read) }
    }
    var values = [[Graph.ValueID]](repeating: [], count: steps.count + 1)
    for (value, step) in last { values[step].append(value) }
    return values
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
      kernel.pack(base.parameters(of: base.steps[step], in: graph)[0].values, into: packed)
      known[key] = packed
      return packed
    }
  }
}
