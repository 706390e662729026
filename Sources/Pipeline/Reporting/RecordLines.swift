/// The records of a run in its order, read one by one. Of a picture that was explained again, as by
/// filters, the last one counts, in the place of the first.
struct RecordLines: Sendable {
  let family: RecordFamily
  let fileNames: [String]
  private let text: RecordText
  private let lines: [RecordText.Line]

  /// The records themselves, where they are few enough to be kept: they are asked for several times.
  private let kept: [ExplanationRecord?]?
  private static let mostKept = 400

  /// The records of the run in a folder: of one in its order, of several shards by path.
  init(folder: String) {
    let shown = RecordFamily.shown(in: folder) ?? (.whole, [])
    family = shown.family
    fileNames = shown.names
    let text = RecordText(fileNames.map { folder + "/" + $0 })
    self.text = text
    let latest = text.latestLines
    lines =
      fileNames.count < 2
      ? latest
      : latest.map { (line: $0, path: text.record($0)?.path ?? "") }
        .sorted { NaturalOrder.comesBefore(path: $0.path, $1.path) }.map(\.line)
    kept = lines.count <= Self.mostKept ? lines.map(text.record) : nil
  }

  var count: Int { lines.count }

  /// A record; nothing if the line is damaged.
  subscript(index: Int) -> ExplanationRecord? {
    kept.map { $0[index] } ?? text.record(lines[index])
  }

  /// All records as a file; damaged lines are left out.
  var merged: RecordPieces { text.pieces(lines.filter { text.record($0) != nil }) }
}
