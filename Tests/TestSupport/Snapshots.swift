import FoundationEssentials
public import Testing

/// Compares a text with the file of that name in the folder `Snapshots` beside the test.
///
/// With `WHYLIGHT_RECORD_SNAPSHOTS=1` the file is written instead, and the test fails all the same:
/// a new text is to be read and committed, not waved through.
public func expectSnapshot(
  _ text: String, _ name: String, filePath: String = #filePath,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let folder = URL(filePath: filePath).deletingLastPathComponent().appending(path: "Snapshots")
  let file = folder.appending(path: name)
  if ProcessInfo.processInfo.environment["WHYLIGHT_RECORD_SNAPSHOTS"] == "1" {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
    Issue.record("recorded \(name); read it and commit it", sourceLocation: sourceLocation)
    return
  }
  let recorded = (try? Data(contentsOf: file)).map { String(decoding: $0, as: UTF8.self) }
  guard text != recorded else { return }
  let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
  let old = (recorded ?? "").split(separator: "\n", omittingEmptySubsequences: false)
  let number = zip(lines, old).prefix { $0 == $1 }.count
  Issue.record(
    """
    \(name) differs from line \(number + 1) on:
      now      \(number < lines.count ? lines[number] : "(the end)")
      recorded \(number < old.count ? old[number] : "(the end)")
    WHYLIGHT_RECORD_SNAPSHOTS=1 records it anew.
    """, sourceLocation: sourceLocation)
}
