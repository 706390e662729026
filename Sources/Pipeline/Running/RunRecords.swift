import FoundationEssentials

/// The records that an earlier run left, and what of them still holds.
///
/// Only whole lines count: a process that was killed may have left a part of one. A picture is done if
/// its record says so and all its files are there; what failed is tried again.
public struct RunRecords: Sendable {
  /// The place of each picture's last line.
  private let lines: [String: Range<Int>]
  private let explained: Set<String>
  private let content: Data

  /// Reads a file of records; no records if there is none.
  public init(_ path: String) {
    content =
      (try? Data(contentsOf: URL(filePath: path), options: .alwaysMapped)) ?? Data()
    var lines: [String: Range<Int>] = [:]
    var explained: Set<String> = []
    var start = content.startIndex
    while let end = content[start...].firstIndex(of: UInt8(ascii: "\n")) {
      let line = String(decoding: content[start..<end], as: UTF8.self)
      if let record = ExplanationRecord(json: line) {
        lines[record.path] = start..<end
        switch record.outcome {
        case .explained: explained.insert(record.path)
        case .failed: explained.remove(record.path)
        }
      }
      start = end + 1
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
      bytes += content[line]
      bytes.append(UInt8(ascii: "\n"))
    }
    return bytes
  }
}
