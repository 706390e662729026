import Tensors

/// Where every value, gradient and cache of a plan lies, counted in elements from the start of a
/// workspace's memory.
///
/// Step `k` of `n` runs forward at time `k` and backward at time `2n − 1 − k`; a storage is reused by
/// whatever is born after it was read last.
struct PlanMemory: Sendable {
  /// For each value of the graph.
  private(set) var values: [Range<Int>?]
  private(set) var gradients: [Range<Int>?]

  /// For each step.
  private(set) var caches: [Range<Int>]

  /// For each step and input, where its gradient is written and whether that is then added.
  private(set) var contributions: [[Contribution?]]

  private(set) var elementCount: Int

  /// The working memory that the most demanding layer wants, which is not part of the elements.
  private(set) var scratchCount: Int

  /// Where in the parameter gradients each wanted parameter's lies, and room for those of one step
  /// more, for parameters that several steps use.
  private(set) var parameterGradients: [Graph.ParameterID: Range<Int>] = [:]
  private(set) var parameterScratch: Range<Int>
  private(set) var parameterGradientCount: Int

  /// How the gradient that a step sends to one of its inputs arrives.
  enum Contribution: Sendable, Hashable {
    /// Written where the input's gradient lies: nobody wrote there before.
    case written

    /// Nothing to do: the input's gradient is the output's under another shape.
    case shared

    /// Written to this place first and then added to the input's gradient.
    case added(Range<Int>)
  }

  init(_ graph: Graph, _ request: PlanRequest, _ steps: [PlanStep], _ hasGradient: [Bool]) {
    var builder = PlanMemoryBuilder(graph, request, steps, hasGradient)
    builder.placeValues()
    builder.placeCaches()
    builder.placeGradients()
    let (offsets, count) = builder.table.layOut()
    func range(_ storage: Int, _ length: Int) -> Range<Int> {
      offsets[storage]..<offsets[storage] + length
    }
    values = zip(builder.valueStorage, graph.values).map { storage, value in
      storage.map { range($0, value.shape.count) }
    }
    gradients = zip(builder.gradientStorage, graph.values).map { storage, value in
      storage.map { range($0, value.shape.count) }
    }
    caches = builder.cacheStorage.map { storage in
      storage.map { range($0.storage, $0.count) } ?? 0..<0
    }
    contributions = zip(builder.contributions, steps).map { ways, step in
      zip(ways, step.inputs).map { way, input in
        switch way {
        case .none: nil
        case .written: .written
        case .shared: .shared
        case .added(let storage): .added(range(storage, graph[input].shape.count))
        }
      }
    }
    elementCount = count
    scratchCount = steps.reduce(0) { most, step in
      max(most, step.layer.scratchCount(inputs: step.inputs.map { graph[$0].shape }))
    }

    var floats = 0
    for parameter in request.parameterGradients where parameterGradients[parameter] == nil {
      parameterGradients[parameter] = floats..<floats + graph[parameter].values.count
      floats += graph[parameter].values.count
    }
    let wanted = parameterGradients
    let largest = steps.reduce(0) { most, step in
      max(most, step.parameters.reduce(0) { $0 + (wanted[$1]?.count ?? 0) })
    }
    parameterScratch = floats..<floats + largest
    parameterGradientCount = floats + largest
  }
}
