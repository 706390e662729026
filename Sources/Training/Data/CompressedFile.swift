import CZlib

/// A file read as a stream, decompressed on the way if it is gzip.
///
/// zlib's own file reader: bytes that are not gzip pass through as they are. Nothing but what is
/// asked for is inflated, so a small file cannot fill the memory.
@safe
struct CompressedFile: ~Copyable {
  private let path: String
  private let file: gzFile

  init(_ path: String) throws(DataSetError) {
    guard let file = unsafe gzopen(path, "rb") else { throw .cannotRead(path: path) }
    unsafe gzbuffer(file, 1 << 17)
    self.path = path
    unsafe self.file = file
  }

  deinit { unsafe gzclose_r(file) }

  /// The next `count` bytes; fewer only at the end.
  func read(_ count: Int) throws(DataSetError) -> [UInt8] {
    var isDamaged = false
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        let portion = UInt32(min(count - filled, 1 << 24))
        let got = unsafe gzread(file, buffer.baseAddress! + filled, portion)
        if got < 0 { isDamaged = true }
        if got <= 0 { break }
        filled += Int(got)
      }
    }
    // A stream that ends too early is no error of gzread's, but of the next question.
    var status: Int32 = 0
    _ = unsafe gzerror(file, &status)
    guard !isDamaged, status == Z_OK || status == Z_STREAM_END else { throw .damaged(path: path) }
    return bytes
  }
}
