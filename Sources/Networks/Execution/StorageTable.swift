/// Stretches of memory with the times at which they are in use.
///
/// Several values may share one (views, layers that work in place). A storage lives from the time
/// it is written first to the time it is read last.
struct StorageTable {
  struct Storage {
    var count: Int
    var born: Int
    var lastRead: Int

    /// Whether its contents must not be written over by a layer working in place.
    var isPinned: Bool
  }

  private(set) var storages: [Storage] = []

  mutating func add(count: Int, born: Int, lastRead: Int, isPinned: Bool = false) -> Int {
    storages.append(
      Storage(count: count, born: born, lastRead: max(born, lastRead), isPinned: isPinned))
    return storages.count - 1
  }

  /// Lets another value live in the storage too.
  mutating func join(_ index: Int, lastRead: Int, isPinned: Bool) {
    storages[index].lastRead = max(storages[index].lastRead, lastRead)
    storages[index].isPinned = storages[index].isPinned || isPinned
  }

  /// Whether whoever reads the storage at `time` is the last, and may write over it.
  func isFree(_ index: Int, after time: Int) -> Bool {
    !storages[index].isPinned && storages[index].lastRead <= time
  }

  /// Places for all storages such that two that are alive together do not overlap, and how many
  /// elements that takes.
  ///
  /// The largest are placed first, each as low as it fits ("greedy by size", Pisarchyk & Lee 2020,
  /// arXiv 2001.03288), which comes within a few percent of the largest sum alive at one time.
  func layOut() -> (offsets: [Int], count: Int) {
    var offsets = Array(repeating: 0, count: storages.count)
    var placed: [Int] = []
    var total = 0
    let order = storages.indices.sorted {
      (storages[$0].count, $1) > (storages[$1].count, $0)
    }
    for index in order {
      let storage = storages[index]
      var offset = 0
      for other in placed
      where storages[other].born <= storage.lastRead && storage.born <= storages[other].lastRead {
        if offset + storage.count <= offsets[other] { break }
        offset = max(offset, offsets[other] + storages[other].count)
      }
      offsets[index] = offset
      total = max(total, offset + storage.count)
      let position = placed.firstIndex { offsets[$0] > offset } ?? placed.count
      placed.insert(index, at: position)
    }
    return (offsets, total)
  }
}
