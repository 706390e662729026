#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The bytes of a model file, read only, shared by everything that was cut from them.
///
/// A file is mapped rather than read, so that a weight goes from the disk's cache straight into the
/// network; pages are given back as soon as their weights are converted, and so loading never holds the
/// weights twice. This is the one place of the module that touches bare memory.
@safe
final class ModelBytes: @unchecked Sendable {
  let count: Int
  private let start: UnsafeRawPointer
  private let origin: Origin

  /// Whose the memory is.
  private enum Origin { case allocated, mapped, resident }

  /// Bytes that stay where they are as long as the process runs.
  init(resident bytes: UnsafeRawBufferPointer) {
    count = bytes.count
    guard let base = bytes.baseAddress else { preconditionFailure("no bytes") }
    unsafe start = base
    origin = .resident
  }

  init(_ bytes: [UInt8]) {
    count = bytes.count
    let memory = UnsafeMutableRawPointer.allocate(byteCount: max(1, count), alignment: 8)
    unsafe bytes.withUnsafeBytes { source in
      if let base = source.baseAddress {
        unsafe memory.copyMemory(from: base, byteCount: source.count)
      }
    }
    unsafe start = UnsafeRawPointer(memory)
    origin = .allocated
  }

  /// Maps a regular file.
  init(mapping path: String) throws(ModelFileError) {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .unreadable(path: path, code: errno) }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else {
      throw .unreadable(path: path, code: errno)
    }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile(path: path) }
    count = Int(status.st_size)
    guard count > 0 else {
      unsafe start = UnsafeRawPointer(UnsafeMutableRawPointer.allocate(byteCount: 1, alignment: 8))
      origin = .allocated
      return
    }
    guard
      let mapped = unsafe mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0),
      unsafe mapped != MAP_FAILED
    else { throw .unreadable(path: path, code: errno) }
    unsafe start = UnsafeRawPointer(mapped)
    origin = .mapped
  }

  deinit {
    let memory = unsafe UnsafeMutableRawPointer(mutating: start)
    switch origin {
    case .allocated: unsafe memory.deallocate()
    case .mapped: unsafe munmap(memory, count)
    case .resident: break
    }
  }

  subscript(offset: Int) -> UInt8 {
    precondition(UInt(bitPattern: offset) < UInt(bitPattern: count), "byte outside the file")
    return unsafe start.load(fromByteOffset: offset, as: UInt8.self)
  }

  /// The little-endian number at an offset, whatever its alignment.
  func load<Number: FixedWidthInteger & BitwiseCopyable>(_: Number.Type, at offset: Int) -> Number {
    precondition(
      offset >= 0 && offset <= count - MemoryLayout<Number>.size, "number outside the file")
    return unsafe Number(
      littleEndian: start.loadUnaligned(fromByteOffset: offset, as: Number.self))
  }

  /// `range` as numbers of `Source` (little-endian), each converted: one pass, no copy between. If
  /// nobody reads it soon (`isReleased`), pages are given back while the numbers are made.
  func convert<Source: FixedWidthInteger & BitwiseCopyable, Result>(
    _ range: Range<Int>, from _: Source.Type, isReleased: Bool = false, _ body: (Source) -> Result
  ) -> [Result] {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "range outside the file")
    let width = MemoryLayout<Source>.size
    let base = unsafe start + range.lowerBound
    let number = range.count / width
    return unsafe Array(unsafeUninitializedCapacity: number) { buffer, initialized in
      for block in stride(from: 0, to: number, by: 1 << 20) {
        let end = min(block + 1 << 20, number)
        for i in block..<end {
          let bits = unsafe Source(
            littleEndian: base.loadUnaligned(fromByteOffset: i * width, as: Source.self))
          unsafe buffer.initializeElement(at: i, to: body(bits))
        }
        if isReleased { release(range.lowerBound + block * width..<range.lowerBound + end * width) }
      }
      initialized = number
    }
  }

  /// `range` as text; bytes that are not UTF-8 are replaced.
  func text(_ range: Range<Int>) -> String {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "range outside the file")
    return unsafe String(
      decoding: UnsafeRawBufferPointer(start: start + range.lowerBound, count: range.count),
      as: UTF8.self)
  }

  func array(_ range: Range<Int>) -> [UInt8] { convert(range, from: UInt8.self) { $0 } }

  func hasSameBytes(as other: ModelBytes) -> Bool {
    guard count == other.count else { return false }
    return unsafe memcmp(start, other.start, count) == 0
  }

  /// Says that nobody will read `range` soon, so its pages need not stay in memory. Reading it again
  /// is allowed and brings it back from the file.
  private func release(_ range: Range<Int>) {
    let page = 4096
    guard origin == .mapped, range.count >= 16 * page else { return }
    let first = (range.lowerBound + page - 1) / page * page
    let last = range.upperBound / page * page
    guard last > first else { return }
    unsafe madvise(UnsafeMutableRawPointer(mutating: start + first), last - first, MADV_DONTNEED)
  }
}

/// A stretch of a file: what a length-delimited field is about.
struct ByteSlice: Sendable {
  let bytes: ModelBytes
  let range: Range<Int>

  var count: Int { range.count }
  var text: String { bytes.text(range) }
  var array: [UInt8] { bytes.array(range) }

  init(bytes: ModelBytes, range: Range<Int>) {
    self.bytes = bytes
    self.range = range
  }

  init(_ array: [UInt8]) {
    self.init(bytes: ModelBytes(array), range: 0..<array.count)
  }
}
