#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Writes files whole or not at all: to a temporary name in the same folder, flushed to the disk,
/// then renamed. Who reads the file meanwhile sees the old one or the new one.
public enum AtomicFile {
  /// Writes or replaces a file. A link is followed; something that is no file (a pipe, a device) is
  /// simply written to.
  public static func write(
    _ bytes: [UInt8], to path: String, surviving: Survival = .powerLoss
  ) throws(ImageFileError) {
    // The array's own `withUnsafeBytes` forgets what is thrown.
    try unsafe bytes.span.withUnsafeBufferPointer { (bytes) throws(ImageFileError) in
      try unsafe write(UnsafeRawBufferPointer(bytes), to: path, surviving: surviving)
    }
  }

  static func write(
    _ bytes: UnsafeRawBufferPointer, to path: String, surviving: Survival = .powerLoss
  ) throws(ImageFileError) {
    guard let facts = Facts(of: path) else {
      return try unsafe replace(path, with: bytes, for: path, surviving)
    }
    switch facts.kind {
    case S_IFDIR: throw .folder(path: path)
    case S_IFREG: try unsafe replace(resolved(path), with: bytes, for: path, surviving)
    default: try unsafe append(bytes, to: path)
    }
  }

  /// What a file that was written is safe from.
  public enum Survival: Sendable, Hashable {
    /// It is flushed to the disk before it gets its name.
    case powerLoss

    /// The end of this process at any moment, however violent. For runs that write thousands of
    /// files and can be repeated; each has its own temporary name, so that a repetition leaves
    /// nothing of an interrupted one behind. One process at a time may write a file.
    case processEnd
  }

  private struct Facts {
    let kind: mode_t

    init?(of path: String) {
      var facts = stat()
      guard unsafe stat(path, &facts) == 0 else { return nil }
      kind = facts.st_mode & S_IFMT
    }
  }

  private static func resolved(_ path: String) -> String {
    guard let real = unsafe realpath(path, nil) else { return path }
    defer { unsafe free(real) }
    return unsafe String(cString: real)
  }

  /// - Parameter name: what the user called the file, for errors.
  private static func replace(
    _ path: String, with bytes: UnsafeRawBufferPointer, for name: String, _ survival: Survival
  ) throws(ImageFileError) {
    let isRepeatable = survival == .processEnd
    let temporary = temporaryName(
      beside: path, number: isRepeatable ? fingerprint(path) : .random(in: .min ... .max))
    let descriptor = unsafe open(
      temporary, O_WRONLY | O_CREAT | (isRepeatable ? O_TRUNC : O_EXCL) | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw failure(errno, name) }
    var number = unsafe writeAll(bytes, to: descriptor)
    if number == 0 && survival == .powerLoss && fsync(descriptor) != 0 { number = errno }
    if close(descriptor) != 0 && number == 0 { number = errno }
    if number == 0, unsafe rename(temporary, path) != 0 { number = errno }
    guard number != 0 else { return }
    unsafe unlink(temporary)
    throw failure(number, name)
  }

  private static func append(
    _ bytes: UnsafeRawBufferPointer, to path: String
  ) throws(ImageFileError) {
    let descriptor = unsafe open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(errno, path) }
    var number = unsafe writeAll(bytes, to: descriptor)
    if close(descriptor) != 0 && number == 0 { number = errno }
    if number != 0 { throw failure(number, path) }
  }

  /// A hidden name that is short enough wherever the file's own may be at the limit.
  private static func temporaryName(beside path: String, number: UInt64) -> String {
    let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
    return "\(folder).whylight-\(String(number, radix: 36)).partial"
  }

  /// FNV-1a.
  private static func fingerprint(_ path: String) -> UInt64 {
    path.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
  }

  /// Zero, or the system's error number.
  private static func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int32 {
    var place = 0
    while place < bytes.count {
      let count = unsafe systemWrite(descriptor, bytes.baseAddress! + place, bytes.count - place)
      if count < 0 && errno == EINTR { continue }
      if count < 0 { return errno }
      place += count
    }
    return 0
  }

  private static func failure(_ number: Int32, _ path: String) -> ImageFileError {
    switch number {
    case ENOSPC, EDQUOT: .diskFull(path: path)
    case ENOENT, ENOTDIR: .folderMissing(path: path)
    case EACCES, EPERM, EROFS: .notPermitted(path: path)
    default: .cannotWrite(path: path, systemError: number)
    }
  }
}
