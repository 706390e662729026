#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file opened for reading; a pipe will do.
struct InputFile: ~Copyable {
  private let path: String
  private let descriptor: Int32
  private let expectedCount: Int

  init(_ path: String) throws(ImageFileError) {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw ImageFileError(reading: path, systemError: errno) }
    var facts = stat()
    guard unsafe fstat(descriptor, &facts) == 0 else {
      let number = errno
      close(descriptor)
      throw ImageFileError(reading: path, systemError: number)
    }
    guard facts.st_mode & S_IFMT != S_IFDIR else {
      close(descriptor)
      throw .folder(path: path)
    }
    self.path = path
    self.descriptor = descriptor
    self.expectedCount = Int(facts.st_size)
  }

  deinit { close(descriptor) }

  /// The first `count` bytes, or all where there are fewer.
  func beginning(_ count: Int) throws(ImageFileError) -> [UInt8] {
    var bytes: [UInt8] = []
    _ = try append(upTo: count, to: &bytes)
    return bytes
  }

  /// Appends what follows.
  func readRest(into bytes: inout [UInt8], limit: Int) throws(ImageFileError) {
    var portion = max(expectedCount - bytes.count, 0) + 1
    while true {
      if expectedCount > limit || bytes.count > limit {
        let count = max(expectedCount, bytes.count)
        throw .fileTooLarge(path: path, byteCount: count, limit: limit)
      }
      if try append(upTo: portion, to: &bytes) < portion { return }
      // A file that grows, or a pipe.
      portion = 1 << 16
    }
  }

  /// Reads straight into the array; fewer than `count` bytes only at the end.
  private func append(
    upTo count: Int, to bytes: inout [UInt8]
  ) throws(ImageFileError) -> Int {
    var failure: Int32 = 0
    var appended = 0
    bytes.append(addingCapacity: count) { span in
      unsafe span.withUnsafeMutableBufferPointer { buffer, initializedCount in
        while appended < count {
          let room = unsafe UnsafeMutableRawPointer(buffer.baseAddress! + initializedCount)
          let got = unsafe systemRead(descriptor, room, count - appended)
          if got < 0 && errno == EINTR { continue }
          if got < 0 { failure = errno }
          if got <= 0 { break }
          initializedCount += got
          appended += got
        }
      }
    }
    if failure == 0 { return appended }
    throw ImageFileError(reading: path, systemError: failure)
  }
}
