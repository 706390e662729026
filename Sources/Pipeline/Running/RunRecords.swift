import FoundationEssentials

/// The records that an earlier run left, and what of them still holds.
///
/// Only whole lines count: a process that was killed may have left a part of one. A picture is done if
/// its record says so and all its files are there; what failed is tried again.
public struct RunRecords: Sendable {
  private struct Line {
    let file: Int
    let range: Range<Int>
  }

  /// The place of each picture's last line.
  private let lines: [String: Line]
  private let explained: Set<String>
  private let files: [Data]

  /// The records that a run, or a shard of one, goes on with: a whole run also with those of shards
  /// that were begun before it.
  public init(in folder: OutputFolder, for shard: Shard?) {
    let own = RecordFile.name(shard)
    let others =
      shard == nil
      ? RecordFamily.fileNames(in: folder.path).values.joined().filter { $0 != own }.sorted() : []
    self.init((others + [own]).map { folder.path + "/" + $0 })
  }

  /// Reads files of records, of which some may not be there. Of a picture's records the last holds.
  init(_ paths: [String]) {
    files = paths.compactMap { path in
      try? Data(contentsOf: URL(filePath: path), options: .alwaysMapped)
    }
    var lines: [String: Line] = [:]
    var explained: Set<String> = []
    for (number, content) in files.enumerated() {
      var start = content.startIndex
      while let end = content[start...].firstIndex(of: UInt8(ascii: "\n")) {
        let text = String(decoding: content[start..<end], as: UTF8.self)
        if let record = ExplanationRecord(json: text) {
          lines[record.path] = Line(file: number, range: start..<end)
          switch record.outcome {
          case .explained: explained.insert(record.path)
          case .failed: explained.remove(record.path)
          }
        }
        start = end + 1
      }
    }
    self.lines = lines
    self.explained = explained
  }

  /// Whether the picture's record says that it was explained.
  public func isExplained(_ path: String) -> Bool { explained.contains(path) }

  /// The lines of those pictures that have one, in the order of the pictures, as a file.
  public func file(of paths: some Sequence<String>) -> [UInt8] {
    var bytes: [UInt8] = []
    for path in paths {
      guard let line = lines[path] else { continue }
      bytes += files[line.file][line.range]
      bytes.append(UInt8(ascii: "\n"))
    }
    return bytes
  }
}
