import FoundationEssentials
import Glibc

/// The files that a run leaves at the top of its output folder, told from files of the same names that
/// somebody else put there.
public enum RunFiles {
  /// Refuses a folder in which a run would write over a file that none made, or remove it.
  public static func check(_ folder: String) throws(RunError) {
    try checkSettings(in: folder)
    for name in RecordFamily.fileNames(in: folder).values.joined().sorted() {
      try checkRecords(name, in: folder)
    }
    try checkPage(in: folder)
  }

  static func checkRecords(_ name: String, in folder: String) throws(RunError) {
    try check(name, in: folder, isRecords)
  }

  static func checkPage(in folder: String) throws(RunError) {
    try check(ReportFolder.page, in: folder, isPage)
  }

  private static func checkSettings(in folder: String) throws(RunError) {
    try check(RunSettings.fileName, in: folder, isSettings)
  }

  private static func check(
    _ name: String, in folder: String, _ isOwn: (String) -> Bool
  ) throws(RunError) {
    let path = folder + "/" + name
    guard unsafe access(path, F_OK) == 0, !isOwn(path) else { return }
    throw .foreignFile(path: path)
  }

  /// The settings of every run begin with the version that made it.
  private static func isSettings(_ path: String) -> Bool {
    let settings = try? RunSettings(path: path)
    return settings?.entries.contains { $0.name == RunSettings.versionName } ?? false
  }

  /// A run that ended before its first picture leaves an empty file, one that was killed may leave a
  /// part of a line.
  private static func isRecords(_ path: String) -> Bool {
    guard let data = try? Data(contentsOf: URL(filePath: path), options: .alwaysMapped) else {
      return false
    }
    if data.isEmpty { return true }
    let line = String(decoding: data.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    if ExplanationRecord(json: line) != nil { return true }
    return line.utf8.count == data.count && line.hasPrefix(ExplanationRecord.opening)
      && JSONValue(line) == nil
  }

  private static func isPage(_ path: String) -> Bool {
    FileBeginning(path, length: 2048)?.isPageOfOurs ?? false
  }
}
