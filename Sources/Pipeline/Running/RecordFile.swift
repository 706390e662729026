import Glibc
public import Imaging

/// `results.jsonl` while it grows: a line at a time, each in one call of the system, so that the end
/// of the process leaves whole lines.
///
/// Several filters may write to one file; who may write is ``FolderClaim``'s business.
public final class RecordFile: Sendable {
  private let descriptor: Int32
  private let identity: FileIdentity?
  private let path: String
  private let folder: OutputFolder

  /// The file's name: shards have one each, since they write beside each other.
  public static func name(_ shard: Shard?) -> String {
    shard.map { "results-\($0.number)-of-\($0.count).jsonl" } ?? "results.jsonl"
  }

  /// Begins with records of an earlier run, or with none. Records of other families are of other
  /// runs, and are removed: those of shards when a whole run begins, those of a whole run or another
  /// number of shards when a shard does.
  ///
  /// What was there is replaced, not emptied: somebody may be reading it.
  public convenience init(
    _ shard: Shard?, in folder: OutputFolder, beginningWith kept: RecordPieces?
  ) throws(ImageFileError) {
    if let kept {
      try folder.write(kept, to: Self.name(shard))
    } else {
      try folder.write([], to: Self.name(shard))
    }
    try self.init(Self.name(shard), in: folder)
    for other in RecordFamily.files(in: folder.path, besides: RecordFamily(shard))
    where unsafe unlink(other) != 0 && errno != ENOENT {
      throw ImageFileError(writing: other, systemError: errno)
    }
  }

  /// Writes behind what earlier filters left, or what shards did.
  ///
  /// - Parameter isJoined: whether others write to the file already.
  public static func goingOn(
    in folder: OutputFolder, isJoined: Bool
  ) throws(ImageFileError) -> RecordFile {
    if !RecordFamily.files(in: folder.path, besides: .whole).isEmpty {
      let records = RunRecords(in: folder, for: nil)
      return try RecordFile(
        nil, in: folder, beginningWith: records.file(of: records.paths, forPage: true))
    }
    let file = try RecordFile(name(nil), in: folder)
    if !isJoined { try file.removePartOfLine() }
    return file
  }

  private init(_ name: String, in folder: OutputFolder) throws(ImageFileError) {
    path = folder.path + "/" + name
    self.folder = folder
    descriptor = unsafe open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o666)
    identity = FileIdentity(descriptor: descriptor)
    guard descriptor >= 0 else { throw ImageFileError(writing: path, systemError: errno) }
  }

  deinit { close(descriptor) }

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

  public func append(_ line: String) throws(ImageFileError) {
    try folder.whileOpen { () throws(ImageFileError) in
      try checkPlace()
      try write(line)
    }
  }

  /// Refuses to go on when the file was removed from its folder, or another was put in its place:
  /// nobody would find the records.
  public func checkPlace() throws(ImageFileError) {
    guard let there = FileIdentity(path), there == identity else {
      throw .removedMeanwhile(path: path)
    }
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

  /// Removes what was written of a line that found no room, if nobody has written behind it.
  private func takeBack(_ count: Int) {
    let end = lseek(descriptor, 0, SEEK_CUR)
    guard count > 0, lseek(descriptor, 0, SEEK_END) == end else { return }
    ftruncate(descriptor, end - count)
  }
}
