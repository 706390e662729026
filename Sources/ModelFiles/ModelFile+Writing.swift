import Paths

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

extension ModelFile {
  /// The model as the bytes of an ONNX file.
  public var onnxBytes: [UInt8] {
    var writer = GraphWriter(graph)
    return writer.model(information).encoded
  }

  /// Writes the model to a temporary name beside `path` and renames it: there is a whole file or
  /// none.
  public func write(to path: String) throws(ModelFileError) {
    try AtomicFile.write(onnxBytes, to: path)
  }
}

/// Writing whole files.
enum AtomicFile {
  static func write(_ bytes: [UInt8], to path: String) throws(ModelFileError) {
    let temporary = "\(path).\(getpid()).part"
    let descriptor = unsafe open(
      temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw .unwritable(path: path, code: errno) }
    var failure: Int32 = 0
    unsafe bytes.withUnsafeBytes { buffer in
      var done = 0
      while done < buffer.count, failure == 0 {
        let base = unsafe buffer.baseAddress.map { unsafe $0 + done }
        let count = unsafe Self.write(descriptor, base, buffer.count - done)
        if count < 0, errno == EINTR { continue }
        if count < 0 { failure = errno } else { done += count }
      }
    }
    if fsync(descriptor) != 0, failure == 0, errno != EINVAL { failure = errno }
    if close(descriptor) != 0, failure == 0 { failure = errno }
    if failure == 0, unsafe rename(temporary, path) != 0 { failure = errno }
    guard failure == 0 else {
      unsafe unlink(temporary)
      throw .unwritable(path: path, code: failure)
    }
  }

  /// Makes the folders that a relative path leads through.
  static func makeFolders(of location: String, in folder: String) throws(ModelFileError) {
    var path = folder
    for part in location.pathSteps.dropLast() {
      path += "/" + part
      guard unsafe mkdir(path, 0o777) == 0 || errno == EEXIST else {
        throw .unwritable(path: path, code: errno)
      }
    }
  }

  private static func write(
    _ descriptor: Int32, _ base: UnsafeRawPointer?, _ count: Int
  ) -> Int {
    #if canImport(Darwin)
      unsafe Darwin.write(descriptor, base, count)
    #elseif canImport(Musl)
      unsafe Musl.write(descriptor, base, count)
    #else
      unsafe Glibc.write(descriptor, base, count)
    #endif
  }
}
