import FoundationEssentials
import Glibc
import Imaging
import Rendering

/// The files that a run leaves at the top of its output folder, told from files of the same names that
/// somebody else put there.
public enum RunFiles {
  /// Refuses a folder in which a run would write over a file that none made, or remove it.
  public static func check(_ folder: String) throws {
    try check(RunSettings.fileName, in: folder, isSettings)
    for name in RecordFamily.fileNames(in: folder).values.joined().sorted() {
      try checkRecords(name, in: folder)
    }
    try checkPage(in: folder)
    try checkPageFiles(in: folder)
  }

  static func checkRecords(_ name: String, in folder: String) throws {
    try check(name, in: folder, isRecords)
  }

  static func checkPage(in folder: String) throws {
    try check(ReportFolder.page, in: folder) { isPage($0.prefix(2048)) }
  }

  private static func check(
    _ name: String, in folder: String, _ isOwn: (Data) -> Bool
  ) throws {
    let path = folder + "/" + name
    var facts = stat()
    // A dangling link is nobody's content.
    guard unsafe stat(path, &facts) == 0 else { return }
    guard facts.st_mode & S_IFMT == S_IFREG else { throw RunError.foreignFile(path: path) }
    do {
      let data = try Data(contentsOf: URL(filePath: path), options: .alwaysMapped)
      guard isOwn(data) else { throw RunError.foreignFile(path: path) }
    } catch let error as CocoaError {
      switch error.code {
      // Another run has just replaced it.
      case .fileReadNoSuchFile: return
      case .fileReadNoPermission: throw ImageFileError.notPermitted(path: path)
      default: throw ImageFileError.cannotRead(path: path, systemError: EIO)
      }
    }
  }

  /// The settings of every run begin with the version that made it.
  private static func isSettings(_ data: Data) -> Bool {
    String(decoding: data.prefix(64), as: UTF8.self).filter { !$0.isWhitespace }
      .hasPrefix("[[\"\(RunSettings.versionName)\",")
  }

  /// A run that ended before its first picture leaves an empty file, one that was killed may leave a
  /// part of a line.
  private static func isRecords(_ data: Data) -> Bool {
    let opening = Data(ExplanationRecord.opening.utf8)
    let line = data.prefix { $0 != UInt8(ascii: "\n") }
    let text = String(decoding: line, as: UTF8.self)
    guard line.count == data.count else { return ExplanationRecord(json: text) != nil }
    return (data.starts(with: opening) || opening.starts(with: data)) && JSONValue(text) == nil
  }

  /// All pages of ours say first who made them.
  private static func isPage(_ data: Data) -> Bool {
    String(decoding: data, as: UTF8.self).contains(HTMLDocument.generator)
  }

  /// The folder of what the page is made of is marked before anything else is in it, but for what a
  /// killed run had begun.
  private static func checkPageFiles(in folder: String) throws(RunError) {
    let files = folder + "/" + ReportFolder.assets
    guard !OutputFolder.isMarked(files),
      let names = try? FileManager.default.contentsOfDirectory(atPath: files),
      names.contains(where: { !AtomicFile.isUnfinished($0) })
    else { return }
    throw .foreignFile(path: files)
  }
}
