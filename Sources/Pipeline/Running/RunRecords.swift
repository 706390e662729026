/// The records that an earlier run left, and what of them still holds.
///
/// A picture is done if its record says so and all its files are there; what failed is tried again.
public struct RunRecords: Sendable {
  private let text: RecordText

  /// The place of each picture's last record.
  private let lines: [ExactPath: RecordText.Line]

  /// The pictures that were explained, with whether the page has what it shows of them.
  private let explained: [ExactPath: Bool]

  /// The records that a run, or a shard of one, goes on with: a whole run also with those of shards
  /// that were begun before it.
  public init(in folder: OutputFolder, for shard: Shard?) {
    let own = RecordFile.name(shard)
    let others =
      shard == nil
      ? RecordFamily.fileNames(in: folder.path).values.joined().filter { $0 != own }.sorted() : []
    self.init((others + [own]).map { folder.path + "/" + $0 })
  }

  /// Reads files of records, of which some may not be there.
  init(_ paths: [String]) {
    text = RecordText(paths)
    var lines: [ExactPath: RecordText.Line] = [:]
    var explained: [ExactPath: Bool] = [:]
    for line in text.latestLines {
      guard let record = text.record(line) else { continue }
      let path = ExactPath(record.path)
      lines[path] = line
      switch record.outcome {
      case .explained(let record): explained[path] = record.reportFiles != nil
      case .failed: explained[path] = nil
      }
    }
    self.lines = lines
    self.explained = explained
  }

  /// The number of pictures that have one.
  public var count: Int { lines.count }

  /// The pictures that have one, in the order of their names.
  var paths: [String] {
    lines.keys.map(\.text).sorted { NaturalOrder.comesBefore(path: $0, $1) }
  }

  /// Whether there is one of the picture.
  public func holds(_ path: String) -> Bool { lines[ExactPath(path)] != nil }

  /// Whether the picture's record says that it was explained, and that what the page shows of it was
  /// written, if that is wanted.
  public func isExplained(_ path: String, forPage makesPage: Bool) -> Bool {
    explained[ExactPath(path)].map { $0 || !makesPage } ?? false
  }

  /// The lines of those pictures that have one, in the order of the pictures, as a file; without a
  /// page, they name no files of it.
  public func file(of paths: some Sequence<String>, forPage makesPage: Bool) -> RecordPieces {
    let hadPage = explained.values.contains(true)
    return text.pieces(
      paths.compactMap { lines[ExactPath($0)] }, leavingOutPage: hadPage && !makesPage)
  }
}
