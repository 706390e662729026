import FoundationEssentials

/// Records that belong together: those of a run as a whole, or those of its shards.
enum RecordFamily: Hashable {
  case whole
  case shards(of: Int)

  init(_ shard: Shard?) { self = shard.map { .shards(of: $0.count) } ?? .whole }

  /// Reads the name of a file; nothing if it is none of records.
  init?(fileName name: String) {
    if name == RecordFile.name(nil) {
      self = .whole
      return
    }
    let numbers = name.dropFirst("results-".count).dropLast(".jsonl".count)
    guard let shard = Shard(String(numbers.replacing("-of-", with: "/"))),
      name == RecordFile.name(shard)
    else { return nil }
    self = .shards(of: shard.count)
  }

  /// The names of all files of records in a folder, by family, in order.
  static func fileNames(in folder: String) -> [RecordFamily: [String]] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let known = names.compactMap { name in RecordFamily(fileName: name).map { ($0, name) } }
    return Dictionary(grouping: known) { $0.0 }.mapValues { $0.map(\.1).sorted() }
  }

  /// The files of the family that a page shows. Runs leave one family in a folder; if there are
  /// more all the same, it is that of a whole run, or the one with the most shards.
  static func shownFileNames(in folder: String) -> [String] {
    let families = fileNames(in: folder)
    return families[.whole] ?? families.max { $0.key.shardCount < $1.key.shardCount }?.value ?? []
  }

  private var shardCount: Int {
    switch self {
    case .whole: 1
    case .shards(let count): count
    }
  }
}
