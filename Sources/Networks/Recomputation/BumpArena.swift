import Tensors

/// Memory that is handed out piece by piece and taken back all at once.
final class BumpArena {
  private var arenas: [LaneArena] = []
  private var used = 0

  /// A stretch of elements, valid until ``reset()``; what it holds is undefined.
  func take(_ count: Int) -> MutableLanesView {
    if let last = arenas.last, used + count <= last.count {
      used += count
      return last.view(used - count..<used)
    }
    let arena = LaneArena(count: max(count, 2 * (arenas.last?.count ?? 2048)))
    arenas.append(arena)
    used = count
    return arena.view(0..<count)
  }

  var bytes: Int { arenas.reduce(0) { $0 + $1.count * MemoryLayout<Vector>.stride } }

  /// Takes everything back; of several stretches of memory the largest stays.
  func reset() {
    arenas.removeFirst(max(0, arenas.count - 1))
    used = 0
  }
}
