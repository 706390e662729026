import Glibc
public import Imaging

/// `results.jsonl` while it grows: a line at a time, each in one call of the system, so that the end
/// of the process leaves whole lines.
///
/// It is locked as long as it is open, and the lock ends with the process: a second run that would
/// write to it, or a run that would remove it, is refused. Filters that a scheduler drives, side by
/// side or one after another, write to one file.
public final class RecordFile: Sendable {
  private let descriptor: Int32
  private let path: String
  private let folder: OutputFolder
  private let shard: Shard?

  /// Whether others write to it already, whose records stay.
  public let isJoined: Bool

  /// The file's name: shards have one each, since they write beside each other.
  public static func name(_ shard: Shard?) -> String {
    shard.map { "results-\($0.number)-of-\($0.count).jsonl" } ?? "results.jsonl"
  }

  /// Claims the file; what is in it stays until the run begins.
  ///
  /// - Parameter joiningOthers: whether others that say so too may write to it at the same time.
  /// - Throws: ``RunError/inUse(folder:)``, also if a run of another family goes on in the folder.
  public init(
    _ shard: Shard?, in folder: OutputFolder, joiningOthers joinsOthers: Bool = false
  ) throws {
    path = folder.path + "/" + Self.name(shard)
    self.folder = folder
    self.shard = shard
    (descriptor, isJoined) = try Self.claim(path, folder, joinsOthers)
    if others.contains(where: Self.isLocked) {
      // What was made for nothing must not stand among the other's records.
      if lseek(descriptor, 0, SEEK_END) == 0 { unsafe unlink(path) }
      throw RunError.inUse(folder: folder.path)
    }
  }

  /// Opens the file and locks it, its own first: of two runs that begin at once, at least one sees
  /// the other.
  private static func claim(
    _ path: String, _ folder: OutputFolder, _ joinsOthers: Bool
  ) throws -> (descriptor: Int32, isJoined: Bool) {
    while true {
      let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o666)
      guard descriptor >= 0 else { throw ImageFileError(writing: path, systemError: errno) }
      let isAlone = FileLock.exclusive.take(descriptor)
      let isLocked = isAlone || joinsOthers && join(descriptor)
      // Another run may have put a new file in its place before this one had the lock.
      if isLocked && !isRemoved(descriptor) { return (descriptor, isJoined: !isAlone) }
      close(descriptor)
      guard isLocked else { throw RunError.inUse(folder: folder.path) }
    }
  }

  deinit { close(descriptor) }

  /// Empties the file, or fills it with what an earlier run left that holds. Records of other
  /// families are of other runs, and are removed: those of shards when a whole run begins, those of a
  /// whole run or another number of shards when a shard does.
  public func begin(with kept: RecordPieces?) throws {
    if let kept {
      try folder.write(kept, to: Self.name(shard))
      let new = unsafe open(path, O_RDWR | O_APPEND | O_CLOEXEC)
      guard new >= 0 else { throw ImageFileError(writing: path, systemError: errno) }
      defer { close(new) }
      guard FileLock.exclusive.take(new) else { throw RunError.inUse(folder: folder.path) }
      guard dup2(new, descriptor) >= 0, fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0 else {
        throw ImageFileError(writing: path, systemError: errno)
      }
    } else if ftruncate(descriptor, 0) != 0 {
      throw ImageFileError(writing: path, systemError: errno)
    }
    for other in others where unsafe unlink(other) != 0 && errno != ENOENT {
      throw ImageFileError(writing: other, systemError: errno)
    }
  }

  /// Keeps what earlier runs of the same settings left, and writes behind it.
  public func goOn() throws {
    if others.isEmpty {
      try removePartOfLine()
    } else {
      let records = RunRecords(in: folder, for: shard)
      try begin(with: records.file(of: records.paths, forPage: true))
    }
  }

  /// What a process that was killed may have left at the end.
  private func removePartOfLine() throws(ImageFileError) {
    let size = lseek(descriptor, 0, SEEK_END)
    var end = size
    var byte: UInt8 = 0
    while end > 0 {
      guard unsafe pread(descriptor, &byte, 1, end - 1) == 1 else {
        throw ImageFileError(writing: path, systemError: errno)
      }
      if byte == UInt8(ascii: "\n") { break }
      end -= 1
    }
    if end < size && ftruncate(descriptor, end) != 0 {
      throw ImageFileError(writing: path, systemError: errno)
    }
  }

  /// From now on others may join.
  public func letOthersJoin() { _ = FileLock.shared.take(descriptor) }

  /// The records of other families in the folder.
  private var others: [String] {
    RecordFamily.fileNames(in: folder.path).filter { $0.key != RecordFamily(shard) }
      .values.joined().map { folder.path + "/" + $0 }
  }

  /// Waits some seconds for who is just beginning, and will let others join.
  private static func join(_ descriptor: Int32) -> Bool {
    for _ in 0..<200 {
      if FileLock.shared.take(descriptor) { return true }
      usleep(20_000)
    }
    return false
  }

  private static func isRemoved(_ descriptor: Int32) -> Bool {
    var facts = stat()
    return unsafe fstat(descriptor, &facts) == 0 && facts.st_nlink == 0
  }

  private static func isLocked(_ path: String) -> Bool {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return FileLock.exclusive.isForbidden(descriptor)
  }

  public func append(_ line: String) throws(ImageFileError) {
    try folder.whileOpen { () throws(ImageFileError) in try write(line) }
  }

  private func write(_ line: String) throws(ImageFileError) {
    let bytes = Array((line + "\n").utf8)
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe Glibc.write(descriptor, buffer.baseAddress! + written, buffer.count - written)
      }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else {
        let number = errno
        takeBack(written)
        throw ImageFileError(writing: path, systemError: number)
      }
      written += count
    }
  }

  /// Removes what was written of a line that found no room.
  private func takeBack(_ count: Int) {
    let end = lseek(descriptor, 0, SEEK_END)
    if count > 0 && end >= count { ftruncate(descriptor, end - count) }
  }
}
