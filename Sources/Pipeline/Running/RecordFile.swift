import Glibc
public import Imaging

/// `results.jsonl` while it grows: a line at a time, each in one call of the system, so that the end
/// of the process leaves whole lines.
public final class RecordFile: Sendable {
  private let descriptor: Int32
  private let path: String
  private let folder: OutputFolder

  /// The file's name: shards have one each, since they write beside each other.
  public static func name(_ shard: Shard?) -> String {
    shard.map { "results-\($0.number)-of-\($0.count).jsonl" } ?? "results.jsonl"
  }

  /// Opens a file to append to; what was in it stays, or not. Records of other families are of other
  /// runs, and are removed: those of shards when a whole run begins, those of a whole run or another
  /// number of shards when a shard does.
  public init(
    _ shard: Shard?, in folder: OutputFolder, keepsContent: Bool
  ) throws(ImageFileError) {
    let path = folder.path + "/" + Self.name(shard)
    self.folder = folder
    descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o666)
    self.path = path
    guard descriptor >= 0 else { throw Self.failure(errno, path) }
    let others = RecordFamily.fileNames(in: folder.path).filter { $0.key != RecordFamily(shard) }
    for name in others.values.joined() {
      let other = folder.path + "/" + name
      // Several shards may begin at once.
      if unsafe unlink(other) != 0 && errno != ENOENT { throw Self.failure(errno, other) }
    }
    if !keepsContent && ftruncate(descriptor, 0) != 0 { throw Self.failure(errno, path) }
  }

  deinit { close(descriptor) }

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
        throw Self.failure(number, path)
      }
      written += count
    }
  }

  /// Removes what was written of a line that found no room.
  private func takeBack(_ count: Int) {
    let end = lseek(descriptor, 0, SEEK_END)
    if count > 0 && end >= count { ftruncate(descriptor, end - count) }
  }

  private static func failure(_ number: Int32, _ path: String) -> ImageFileError {
    switch number {
    case ENOSPC, EDQUOT: .diskFull(path: path)
    case EACCES, EPERM, EROFS: .notPermitted(path: path)
    default: .cannotWrite(path: path, systemError: number)
    }
  }
}
