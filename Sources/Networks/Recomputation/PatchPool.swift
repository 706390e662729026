import Tensors

/// Memory for values that are made and, a few steps later, no longer read: the next value takes the
/// place of one that has gone, while it is still in the cache.
final class PatchPool {
  private var free: [LaneArena] = []

  /// By value.
  private var taken: [LaneArena?]

  init(values: Int) { taken = Array(repeating: nil, count: values) }

  /// Room for a value, until it is released; what it holds is undefined.
  func take(_ count: Int, for value: Graph.ValueID) -> MutableLanesView {
    release(value)
    let arena: LaneArena
    if let fitting = free.lastIndex(where: { $0.count >= count }) {
      arena = free.remove(at: fitting)
    } else {
      _ = free.popLast()
      arena = LaneArena(count: count + count / 4)
    }
    taken[value.index] = arena
    return arena.view(0..<count)
  }

  func release(_ value: Graph.ValueID) {
    guard let arena = taken[value.index] else { return }
    taken[value.index] = nil
    free.append(arena)
  }

  var bytes: Int {
    (free + taken.compactMap { $0 }).reduce(0) { $0 + $1.count * MemoryLayout<Vector>.stride }
  }

  func releaseAll() {
    for index in taken.indices {
      if let arena = taken[index] { free.append(arena) }
      taken[index] = nil
    }
  }
}
