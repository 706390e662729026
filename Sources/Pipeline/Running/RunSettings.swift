import FoundationEssentials
public import Imaging
import Rendering

/// What a run's results depend on, kept beside them as `run.json`: a run that is resumed, or one of
/// several shards, must have the same.
public struct RunSettings: Sendable, Hashable {
  public static let fileName = "run.json"

  /// The entry for the version that made the run, which all have.
  public static let versionName = "whylight"

  /// In the order in which people want to read them.
  public var entries: [Entry]

  /// A setting as people read it.
  public struct Entry: Sendable, Hashable {
    public var name: String
    public var value: String

    /// Whether results differ if it does; what does not is only told to people.
    public var isCompared: Bool

    public init(_ name: String, _ value: String, isCompared: Bool = true) {
      self.name = name
      self.value = value
      self.isCompared = isCompared
    }
  }

  public init(_ entries: [Entry]) { self.entries = entries }

  /// Reads the settings of the run that wrote to a folder; nothing if none did.
  public init?(in folder: OutputFolder) throws(RunError) {
    try self.init(folder: folder.path)
  }

  /// The same of a folder that is only read.
  public init?(folder: String) throws(RunError) {
    try self.init(path: folder + "/" + Self.fileName)
  }

  init?(path: String) throws(RunError) {
    guard let data = FileManager.default.contents(atPath: path) else { return nil }
    guard let rows = String(validating: data, as: UTF8.self).flatMap(JSONValue.init)?.list else {
      throw .settingsUnreadable(path: path)
    }
    entries = rows.compactMap(Entry.init)
    guard entries.count == rows.count else { throw .settingsUnreadable(path: path) }
  }

  /// Writes them beside the results.
  public func write(to folder: OutputFolder) throws(ImageFileError) {
    let lines = entries.map {
      "  " + JSONText.list([JSONText.string($0.name), JSONText.string($0.value)])
    }
    try folder.write(
      Array("[\n\(lines.joined(separator: ",\n"))\n]\n".utf8), to: Self.fileName)
  }

  /// Refuses to go on with other settings than those a folder's results were made with.
  ///
  /// - Parameter former: nothing if there are none yet.
  public func checkAgainst(_ former: RunSettings?, in folder: OutputFolder) throws(RunError) {
    guard let former, let (entry, before) = difference(from: former) else { return }
    throw .settingDiffers(folder: folder.path, name: entry.name, before: before, now: entry.value)
  }

  /// Whether results made with these and with those are of one kind.
  public func agree(with former: RunSettings) -> Bool { difference(from: former) == nil }

  /// The first setting that counts and was another one.
  private func difference(from former: RunSettings) -> (entry: Entry, before: String?)? {
    for entry in entries where entry.isCompared {
      let before = former.entries.first { $0.name == entry.name }?.value
      if before != entry.value { return (entry, before) }
    }
    return nil
  }
}

extension RunSettings.Entry {
  /// Reads a list of a name and a value.
  fileprivate init?(_ row: JSONValue) {
    guard let words = row.list, words.count == 2, let name = words[0].string,
      let value = words[1].string
    else { return nil }
    self.init(name, value)
  }
}

/// Why a run does not go on with what is in its output folder.
public enum RunError: Error, Equatable {
  case settingsUnreadable(path: String)

  /// It would be written over, and no run made it.
  case foreignFile(path: String)
  case settingDiffers(folder: String, name: String, before: String?, now: String)

  /// Another process is writing its records.
  case inUse(folder: String)

  /// There are results of shards, of another number of them than wanted.
  case otherShards(folder: String, count: Int)

  /// There are results of a whole run, which a shard does not go on with.
  case notInShards(folder: String)
}
