import FoundationEssentials

/// Records that belong together: those of a run as a whole, or those of its shards.
public enum RecordFamily: Hashable, Sendable {
  case whole
  case shards(of: Int)

  init(_ shard: Shard?) { self = shard.map { .shards(of: $0.count) } ?? .whole }

  /// Reads the name of a file; nothing if it is none of records.
  init?(fileName name: String) {
    if name == RecordFile.name(nil) {
      self = .whole
      return
    }
    guard name.hasPrefix("results-") else { return nil }
    let numbers = name.dropFirst("results-".count).dropLast(".jsonl".count)
    guard let shard = Shard(String(numbers.replacing("-of-", with: "/"))),
      name == RecordFile.name(shard)
    else { return nil }
    self = .shards(of: shard.count)
  }

  /// Refuses to let a run remove what belongs to a run of another family that it may be taken for a
  /// part of.
  ///
  /// A run as a whole that begins anew replaces whatever there is, and one that is resumed goes on
  /// with what shards did.
  public static func check(
    _ folder: OutputFolder, for shard: Shard?, resumes: Bool
  ) throws(RunError) {
    guard let shard else { return }
    for family in fileNames(in: folder.path).keys {
      switch family {
      case .shards(let count) where count != shard.count:
        throw .otherShards(folder: folder.path, count: count)
      case .whole where resumes && !isMerged(in: folder.path):
        throw .notInShards(folder: folder.path)
      case .shards, .whole: continue
      }
    }
  }

  /// Whether there are records of shards, from which those of a whole were merged.
  private static func isMerged(in folder: String) -> Bool {
    fileNames(in: folder).keys.contains { $0.shardCount > 0 }
  }

  /// The names of all files of records in a folder, by family, in order.
  static func fileNames(in folder: String) -> [RecordFamily: [String]] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let known = names.compactMap { name in RecordFamily(fileName: name).map { ($0, name) } }
    return Dictionary(grouping: known) { $0.0 }.mapValues {
      $0.map(\.1).sorted(by: NaturalOrder.precedes)
    }
  }

  /// The paths of all files of records in a folder that are of other families.
  static func files(in folder: String, besides family: RecordFamily) -> [String] {
    fileNames(in: folder).filter { $0.key != family }.values.joined().map { folder + "/" + $0 }
  }

  /// Whether there are records in a folder.
  public static func areThere(in folder: String) -> Bool { !fileNames(in: folder).isEmpty }

  /// The family that a page shows, with its files. A run that begins removes what others left, so
  /// records of a whole beside those of shards were merged from them.
  static func shown(in folder: String) -> (family: RecordFamily, names: [String])? {
    fileNames(in: folder).max { $0.key.shardCount < $1.key.shardCount }
      .map { (family: $0.key, names: $0.value) }
  }

  /// The names of files that it has when all is done, besides these: the first ones.
  func missingFileNames(besides names: [String], most: Int) -> [String] {
    guard case .shards(let count) = self else { return [] }
    let known = Set(names)
    return Array(
      (1...count).lazy.map { RecordFile.name(Shard(number: $0, of: count)) }
        .filter { !known.contains($0) }.prefix(most))
  }

  /// Zero of a run as a whole.
  var shardCount: Int {
    switch self {
    case .whole: 0
    case .shards(let count): count
    }
  }
}
