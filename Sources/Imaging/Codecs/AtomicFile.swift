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
    /// files and can be repeated.
    case processEnd
  }

  /// Removes, of these names in a folder, those of files that a process was writing when it was
  /// killed. What living processes are writing stays.
  public static func removeAbandoned(_ names: some Sequence<String>, in folder: String) {
    for name in names where UnfinishedFile.isName(name) {
      UnfinishedFile.removeIfAbandoned(folder + "/" + name)
    }
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
    let unfinished: UnfinishedFile
    do {
      unfinished = try UnfinishedFile(beside: path)
    } catch {
      throw failure(error.number, name)
    }
    do {
      try unsafe unfinished.write(bytes, flushes: survival == .powerLoss)
      try unfinished.finish(as: path)
    } catch {
      // There was a folder when the file was begun.
      throw error.number == ENOENT ? .removedMeanwhile(path: name) : failure(error.number, name)
    }
  }

  private static func append(
    _ bytes: UnsafeRawBufferPointer, to path: String
  ) throws(ImageFileError) {
    let descriptor = unsafe open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(errno, path) }
    var number = unsafe UnfinishedFile.writeAll(bytes, to: descriptor)
    if close(descriptor) != 0 && number == 0 { number = errno }
    if number != 0 { throw failure(number, path) }
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
