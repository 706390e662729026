import Tensors

/// Decides which values share a storage and how long each is in use; see ``PlanMemory``.
struct PlanMemoryBuilder {
  enum Way {
    case none
    case written
    case shared
    case added(storage: Int)
  }

  private let graph: Graph
  private let request: PlanRequest
  private let steps: [PlanStep]
  private let hasGradient: [Bool]

  private(set) var table = StorageTable()
  private(set) var valueStorage: [Int?]
  private(set) var gradientStorage: [Int?]
  private(set) var cacheStorage: [(storage: Int, count: Int)?]
  private(set) var contributions: [[Way]]

  /// After everything: what is read then is still there for the caller.
  private let end: Int

  init(_ graph: Graph, _ request: PlanRequest, _ steps: [PlanStep], _ hasGradient: [Bool]) {
    self.graph = graph
    self.request = request
    self.steps = steps
    self.hasGradient = hasGradient
    valueStorage = Array(repeating: nil, count: graph.values.count)
    gradientStorage = Array(repeating: nil, count: graph.values.count)
    cacheStorage = Array(repeating: nil, count: steps.count)
    contributions = steps.map { Array(repeating: .none, count: $0.inputs.count) }
    end = 2 * steps.count
  }

  private func backwardTime(_ position: Int) -> Int { 2 * steps.count - 1 - position }

  /// When a step's backward reads what forward left: for a rule, any number of times.
  private func valueTime(_ position: Int) -> Int {
    request.keeps.isOnce ? backwardTime(position) : end
  }

  // MARK: Values

  mutating func placeValues() {
    let lastRead = valueReads()
    let kept = Set(request.outputs)
    for value in request.provided where valueStorage[value.index] == nil {
      valueStorage[value.index] = table.add(
        count: graph[value].shape.count, born: -1, lastRead: end, isPinned: true)
    }
    for (position, step) in steps.enumerated() {
      let value = step.layer.isView ? step.output : step.written
      guard step.runsForward || step.layer.isView else { continue }
      let isPinned = kept.contains(value)
      let reads = lastRead[value.index]
      if let shared = storageToShare(position, step) {
        table.join(shared, lastRead: reads, isPinned: isPinned)
        valueStorage[value.index] = shared
      } else {
        valueStorage[value.index] = table.add(
          count: graph[value].shape.count, born: position, lastRead: reads, isPinned: isPinned)
      }
    }
  }

  /// The storage of the first input if the step is a view of it or may write over it.
  private func storageToShare(_ position: Int, _ step: PlanStep) -> Int? {
    guard let first = step.inputs.first, let storage = valueStorage[first.index] else { return nil }
    if step.layer.isView { return storage }
    guard step.layer.worksInPlace, table.isFree(storage, after: position),
      graph[first].shape.count == graph[step.written].shape.count,
      !step.inputs.dropFirst().contains(where: { valueStorage[$0.index] == storage })
    else { return nil }
    return storage
  }

  /// When each value is read last, by itself or through a view of it.
  private func valueReads() -> [Int] {
    var lastRead = Array(repeating: -1, count: graph.values.count)
    func read(_ value: Graph.ValueID, at time: Int) {
      lastRead[value.index] = max(lastRead[value.index], time)
    }
    for (position, step) in steps.enumerated() {
      if step.runsForward { for input in step.inputs { read(input, at: position) } }
      guard step.runsBackward else { continue }
      let reads = step.backwardReads
      if reads.contains(.inputs) {
        for input in step.inputs { read(input, at: valueTime(position)) }
      }
      if reads.contains(.output) { read(step.output, at: valueTime(position)) }
    }
    for value in request.outputs { read(value, at: end) }
    for step in steps.reversed() where step.layer.isView {
      read(step.inputs[0], at: lastRead[step.output.index])
    }
    return lastRead
  }

  // MARK: Caches

  mutating func placeCaches() {
    for (position, step) in steps.enumerated()
    where step.runsBackward && step.backwardReads.contains(.cache) {
      let count = step.layer.cacheCount(inputs: step.inputs.map { graph[$0].shape })
      guard count > 0 else { continue }
      let storage = table.add(count: count, born: position, lastRead: valueTime(position))
      cacheStorage[position] = (storage, count)
    }
  }

  // MARK: Gradients

  mutating func placeGradients() {
    let wanted = Set(request.gradients)
    let senders = gradientSenders()
    let lastRead = gradientReads()
    for value in request.seeds where gradientStorage[value.index] == nil {
      gradientStorage[value.index] = table.add(
        count: graph[value].shape.count, born: -1, lastRead: end, isPinned: true)
    }
    for (position, step) in steps.enumerated().reversed() where step.runsBackward {
      let time = backwardTime(position)
      for (slot, input) in step.inputs.enumerated() where hasGradient[input.index] {
        if gradientStorage[input.index] != nil {
          let place = table.add(count: graph[input].shape.count, born: time, lastRead: time)
          contributions[position][slot] = .added(storage: place)
          continue
        }
        let isPinned = wanted.contains(input)
        let reads = lastRead[input.index]
        if senders[input.index] == 1, let own = gradientStorage[step.output.index],
          mayShareGradient(step, storage: own, after: time)
        {
          table.join(own, lastRead: reads, isPinned: isPinned)
          gradientStorage[input.index] = own
          contributions[position][slot] = step.passesGradientOn ? .shared : .written
        } else {
          gradientStorage[input.index] = table.add(
            count: graph[input].shape.count, born: time, lastRead: reads, isPinned: isPinned)
          contributions[position][slot] = .written
        }
      }
    }
  }

  /// Whether the gradient of a step's only input may lie where that of its output does.
  private func mayShareGradient(_ step: PlanStep, storage: Int, after time: Int) -> Bool {
    guard step.inputs.count == 1 else { return false }
    if step.passesGradientOn { return true }
    return step.layer.worksInPlace && table.isFree(storage, after: time)
      && graph[step.inputs[0]].shape.count == graph[step.output].shape.count
  }

  /// How many gradients arrive at each value.
  private func gradientSenders() -> [Int] {
    var senders = Array(repeating: 0, count: graph.values.count)
    for value in request.seeds { senders[value.index] += 1 }
    for step in steps where step.runsBackward {
      for input in step.inputs where hasGradient[input.index] { senders[input.index] += 1 }
    }
    return senders
  }

  /// When each value's gradient is read last: by the step that made the value, or by the caller.
  private func gradientReads() -> [Int] {
    var lastRead = Array(repeating: -1, count: graph.values.count)
    for (position, step) in steps.enumerated() where step.runsBackward {
      lastRead[step.output.index] = backwardTime(position)
    }
    for value in request.gradients { lastRead[value.index] = end }
    return lastRead
  }
}
