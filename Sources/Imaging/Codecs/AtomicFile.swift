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

  /// The same with a file that is made piece by piece, of which all together need not fit into memory.
  public static func write(
    pieces: some Sequence<[UInt8]>, to path: String, surviving: Survival = .powerLoss
  ) throws(ImageFileError) {
    try write(to: path, surviving) { sink throws(UnfinishedFile.Failure) in
      for piece in pieces {
        let number = unsafe piece.withUnsafeBytes { unsafe UnfinishedFile.writeAll($0, to: sink) }
        if number != 0 { throw UnfinishedFile.Failure(number: number) }
      }
    }
  }

  static func write(
    _ bytes: UnsafeRawBufferPointer, to path: String, surviving: Survival = .powerLoss
  ) throws(ImageFileError) {
    try write(to: path, surviving) { sink throws(UnfinishedFile.Failure) in
      let number = unsafe UnfinishedFile.writeAll(bytes, to: sink)
      if number != 0 { throw UnfinishedFile.Failure(number: number) }
    }
  }

  /// - Parameter content: writes all of it to a descriptor.
  private static func write(
    to path: String, _ survival: Survival,
    _ content: (_ sink: Int32) throws(UnfinishedFile.Failure) -> Void
  ) throws(ImageFileError) {
    guard let facts = Facts(of: path) else {
      return try replace(path, for: path, survival, content)
    }
    switch facts.kind {
    case S_IFDIR: throw .folder(path: path)
    case S_IFREG: try replace(resolved(path), for: path, survival, content)
    default: try append(to: path, content)
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

  /// Whether a name is one that files have before they get theirs.
  public static func isUnfinished(_ name: String) -> Bool { UnfinishedFile.isName(name) }

  /// Ends the process, at any moment and with any threads at work: what is being written is removed,
  /// and nothing more is begun.
  public static func removeUnfinished(andEnd end: () -> Never) -> Never {
    UnfinishedFile.removeAll(andEnd: end)
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
    _ path: String, for name: String, _ survival: Survival,
    _ content: (_ sink: Int32) throws(UnfinishedFile.Failure) -> Void
  ) throws(ImageFileError) {
    let unfinished: UnfinishedFile
    do {
      unfinished = try UnfinishedFile(beside: path)
    } catch {
      throw ImageFileError(writing: name, systemError: error.number)
    }
    do {
      try unfinished.write(flushes: survival == .powerLoss, content)
      try unfinished.finish(as: path)
    } catch {
      // There was a folder when the file was begun.
      throw error.number == ENOENT
        ? .removedMeanwhile(path: name) : ImageFileError(writing: name, systemError: error.number)
    }
  }

  private static func append(
    to path: String, _ content: (_ sink: Int32) throws(UnfinishedFile.Failure) -> Void
  ) throws(ImageFileError) {
    let descriptor = unsafe open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw ImageFileError(writing: path, systemError: errno) }
    do {
      try content(descriptor)
    } catch {
      close(descriptor)
      throw ImageFileError(writing: path, systemError: error.number)
    }
    if close(descriptor) != 0 { throw ImageFileError(writing: path, systemError: errno) }
  }
}
