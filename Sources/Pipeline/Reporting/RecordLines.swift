import FoundationEssentials

/// The records of a run, read one by one: only where their lines are is kept, so that a hundred
/// thousand of them need little room.
struct RecordLines: Sendable {
  private struct Line: Sendable {
    let file: Int
    let range: Range<Int>
  }

  let family: RecordFamily
  let fileNames: [String]
  private let files: [Data]
  private let lines: [Line]

  /// The records of the run in a folder: of one in its order, of several shards by path.
  init(folder: String) throws {
    let shown = RecordFamily.shown(in: folder) ?? (.whole, [])
    family = shown.family
    fileNames = shown.names
    let files =
      try fileNames
      .map { try Data(contentsOf: URL(filePath: folder + "/" + $0), options: .alwaysMapped) }
    self.files = files
    var lines: [Line] = []
    for (number, file) in files.enumerated() {
      var start = file.startIndex
      while let end = file[start...].firstIndex(of: UInt8(ascii: "\n")) {
        if end > start { lines.append(Line(file: number, range: start..<end)) }
        start = end + 1
      }
    }
    if files.count > 1 {
      lines =
        lines.map { (line: $0, path: Self.record(files, $0)?.path ?? "") }
        .sorted { NaturalOrder.comesBefore(path: $0.path, $1.path) }.map(\.line)
    }
    self.lines = lines
  }

  var count: Int { lines.count }

  /// A record; nothing if the line is damaged.
  subscript(index: Int) -> ExplanationRecord? { Self.record(files, lines[index]) }

  /// All records as one file; damaged lines are left out.
  var merged: [UInt8] {
    var bytes: [UInt8] = []
    for (index, line) in lines.enumerated() where self[index] != nil {
      bytes += files[line.file][line.range]
      bytes.append(UInt8(ascii: "\n"))
    }
    return bytes
  }

  private static func record(_ files: [Data], _ line: Line) -> ExplanationRecord? {
    ExplanationRecord(json: String(decoding: files[line.file][line.range], as: UTF8.self))
  }
}
