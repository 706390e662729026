import FoundationEssentials
import Glibc
public import Imaging
import Paths
import Synchronization

/// The folder that a run writes to. Files appear in it whole or not at all.
public final class OutputFolder: Sendable {
  public let path: String

  /// Whether it is all ours: somebody's own folder of pictures is not marked.
  let isMarked: Bool
  private let madeFolders = Mutex<Set<ExactPath>>([])

  /// How many threads write at the moment, and whether any may begin to.
  private struct Gate {
    var writers = 0
    var isOpen = true
  }

  private let gate = Mutex(Gate())

  /// Makes the folder if it is not there, and marks it as ours.
  public init(_ path: String) throws(ImageFileError) {
    self.path = path
    try Self.make(path)
    isMarked = Self.isMarked(path) || !Discovery.holdsPicturesOrFolders(path)
    if isMarked { try mark(in: "") }
  }

  /// Writes a file below the folder, with the folders on the way to it. What killed runs left
  /// unfinished in such a folder is removed when the first file is written to it.
  public func write(_ bytes: [UInt8], to name: String) throws(ImageFileError) {
    try write(CollectionOfOne(bytes), to: name)
  }

  /// The same with a file that comes in pieces.
  public func write(
    _ pieces: some Sequence<[UInt8]>, to name: String
  ) throws(ImageFileError) {
    let file = path + "/" + name
    let folder = file.folderPath
    if madeFolders.withLock({ !$0.contains(ExactPath(folder)) }) {
      try Self.make(folder)
      AtomicFile.removeAbandoned(
        (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [], in: folder)
      madeFolders.withLock { _ = $0.insert(ExactPath(folder)) }
    }
    try whileOpen { () throws(ImageFileError) in
      try AtomicFile.write(pieces: pieces, to: file, surviving: .processEnd)
    }
  }

  /// The error number with which the system refuses a file below the folder whose place a folder has,
  /// or a file that of a folder on the way to it.
  func refusal(of name: String) -> Int32? {
    var facts = stat()
    if unsafe stat(path + "/" + name, &facts) == 0 {
      return facts.st_mode & S_IFMT == S_IFDIR ? EISDIR : nil
    }
    return [ENOTDIR, ENAMETOOLONG].contains(errno) ? errno : nil
  }

  /// Removes the page that an earlier run left, which would show its pictures beside new ones.
  public func removePage() throws(ImageFileError) {
    let page = path + "/" + ReportFolder.page
    if unsafe unlink(page) != 0 && errno != ENOENT {
      throw ImageFileError(writing: page, systemError: errno)
    }
  }

  /// Removes what an earlier run left for its page, if the folder of that is marked as a run's. The
  /// mark goes last, so that the next run removes what this one may leave.
  public func removePageFiles() throws(ImageFileError) {
    let files = path + "/" + ReportFolder.assets
    guard Self.isMarked(files) else { return }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: files)) ?? []
    let unmarked = names.filter { $0 != Self.markName }.map { files + "/" + $0 }
    for path in unmarked + [files] {
      do {
        try FileManager.default.removeItem(atPath: path)
      } catch {
        let reason = (error as? CocoaError)?.underlying as? POSIXError
        throw ImageFileError(writing: files, systemError: reason?.code.rawValue ?? EIO)
      }
    }
  }

  /// Does something to the folder that must not be cut short.
  func whileOpen(_ body: () throws(ImageFileError) -> Void) throws(ImageFileError) {
    let mayWrite = gate.withLock { gate in
      if gate.isOpen { gate.writers += 1 }
      return gate.isOpen
    }
    guard mayWrite else { return }
    defer { gate.withLock { $0.writers -= 1 } }
    try body()
  }

  /// Lets nothing be written any more, and waits for what is being written: for the end of the
  /// process in the middle of a run.
  public func close() {
    gate.withLock { $0.isOpen = false }
    while gate.withLock({ $0.writers > 0 }) { usleep(200) }
  }

  /// The file that says that pictures in a folder are results.
  static let markName = ".whylight-output"

  /// Whether a run of ours made the folder.
  static func isMarked(_ folder: String) -> Bool {
    FileManager.default.fileExists(atPath: folder + "/" + markName)
  }

  /// Leaves the mark in the folder of what the page is made of, which is all ours too.
  func markPageFiles() throws(ImageFileError) { try mark(in: ReportFolder.assets + "/") }

  private func mark(in folder: String) throws(ImageFileError) {
    guard !Self.isMarked(path + "/" + folder) else { return }
    try write(Self.markText, to: folder + Self.markName)
  }

  private static let markText = Array(
    "Made by whylight, which looks for no pictures to work on in here.\n".utf8)

  /// Makes a folder and those on the way to it.
  public static func make(_ folder: String) throws(ImageFileError) {
    if unsafe mkdir(folder, 0o777) == 0 { return }
    switch errno {
    case EEXIST:
      guard FileIdentity.isFolder(folder) else { throw .notAFolder(path: folder) }
    case ENOENT:
      let outer = folder.folderPath
      // Only where the current folder was removed, these are not there.
      if [".", "/"].contains(outer) { throw .folderMissing(path: folder) }
      try make(outer)
      guard unsafe mkdir(folder, 0o777) == 0 || errno == EEXIST else {
        throw failure(errno, folder)
      }
    default: throw failure(errno, folder)
    }
  }

  private static func failure(_ number: Int32, _ folder: String) -> ImageFileError {
    number == ENOTDIR
      ? .notAFolder(path: folder) : ImageFileError(writing: folder, systemError: number)
  }
}
