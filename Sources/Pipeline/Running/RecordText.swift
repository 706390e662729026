import FoundationEssentials

/// The text of files of records: only where their lines are is kept, so that a hundred thousand of
/// them need little room.
struct RecordText: Sendable {
  struct Line: Sendable {
    fileprivate let file: Int
    fileprivate let range: Range<Int>
  }

  /// All whole lines, file by file: a process that was killed may have left a part of one.
  let lines: [Line]
  private let files: [Data]

  /// - Parameter paths: of files, of which some may not be there.
  init(_ paths: [String]) {
    files = paths.compactMap { path in
      try? Data(contentsOf: URL(filePath: path), options: .alwaysMapped)
    }
    var lines: [Line] = []
    for (number, file) in files.enumerated() {
      let bytes = file.span
      var start = 0
      for end in bytes.indices where bytes[end] == UInt8(ascii: "\n") {
        if end > start { lines.append(Line(file: number, range: start..<end)) }
        start = end + 1
      }
    }
    self.lines = lines
  }

  /// The last line of each picture, in the place of its first. A line that names no picture is as
  /// damaged as one of a picture that cannot be read.
  var latestLines: [Line] {
    var places: [ExactPath: Int] = [:]
    var latest: [Line] = []
    for line in lines {
      guard let path = encodedPath(line) else {
        latest.append(line)
        continue
      }
      if let place = places[path] {
        if record(line) != nil { latest[place] = line }
      } else {
        places[path] = latest.count
        latest.append(line)
      }
    }
    return latest
  }

  /// The path of a line's picture as it stands there, read without the rest. Nothing inside it looks
  /// like what follows it, since quotation marks in it have a backslash before them.
  private func encodedPath(_ line: Line) -> ExactPath? {
    let text = files[line.file][line.range]
    let opening = ExplanationRecord.opening.utf8
    guard text.starts(with: opening),
      let end = text.dropFirst(opening.count).firstRange(of: Data("\", \"".utf8))?.lowerBound
    else { return nil }
    return ExactPath(String(decoding: text[..<end], as: UTF8.self))
  }

  /// The record of a line; nothing if it is damaged.
  func record(_ line: Line) -> ExplanationRecord? {
    ExplanationRecord(json: String(decoding: files[line.file][line.range], as: UTF8.self))
  }

  /// Some lines as a file, a piece of it at a time.
  ///
  /// - Parameter leavesOutPage: whether records name nothing that a page shows of their pictures.
  func pieces(_ lines: [Line], leavingOutPage leavesOutPage: Bool = false) -> RecordPieces {
    RecordPieces(text: self, lines: lines, leavesOutPage: leavesOutPage)
  }

  fileprivate func bytes(_ line: Line) -> Data { files[line.file][line.range] }

  fileprivate func bytesWithoutPage(_ line: Line) -> Data {
    guard var record = record(line), case .explained(var explained) = record.outcome else {
      return bytes(line)
    }
    explained.reportFiles = nil
    record.outcome = .explained(explained)
    return Data(record.json.utf8)
  }
}

/// A file of records, a megabyte at a time.
public struct RecordPieces: Sequence, IteratorProtocol {
  fileprivate let text: RecordText
  fileprivate let lines: [RecordText.Line]
  fileprivate let leavesOutPage: Bool
  private var place = 0

  fileprivate init(text: RecordText, lines: [RecordText.Line], leavesOutPage: Bool) {
    self.text = text
    self.lines = lines
    self.leavesOutPage = leavesOutPage
  }

  public mutating func next() -> [UInt8]? {
    guard place < lines.count else { return nil }
    var bytes: [UInt8] = []
    while place < lines.count && bytes.count < 1 << 20 {
      let line = lines[place]
      bytes += leavesOutPage ? text.bytesWithoutPage(line) : text.bytes(line)
      bytes.append(UInt8(ascii: "\n"))
      place += 1
    }
    return bytes
  }
}
