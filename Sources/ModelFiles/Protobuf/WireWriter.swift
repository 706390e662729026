/// Writes protocol-buffer messages.
///
/// A message stands behind its own length, so it is written twice: once to a writer that only counts,
/// then for good. Weights are copied once however deep they lie.
struct WireWriter {
  enum Mode { case measuring, writing }

  private let mode: Mode
  private(set) var bytes: [UInt8] = []
  private(set) var count = 0

  init(_ mode: Mode, capacity: Int = 0) {
    self.mode = mode
    bytes.reserveCapacity(capacity)
  }

  mutating func int64(_ number: UInt64, _ value: Int64) {
    key(number, .varint)
    varint(UInt64(bitPattern: value))
  }

  mutating func float(_ number: UInt64, _ value: Float) {
    key(number, .fourBytes)
    withBytes(of: value.bitPattern)
  }

  mutating func string(_ number: UInt64, _ value: String) {
    key(number, .lengthDelimited)
    let text = value.utf8
    varint(UInt64(text.count))
    append(text.count) { $0.append(contentsOf: text) }
  }

  mutating func slice(_ number: UInt64, _ value: ByteSlice) {
    key(number, .lengthDelimited)
    varint(UInt64(value.count))
    append(value.count) { $0.append(contentsOf: value.array) }
  }

  /// The numbers' bytes, little-endian, as one `bytes` field.
  mutating func littleEndianFloats(_ number: UInt64, _ values: [Float]) {
    key(number, .lengthDelimited)
    varint(UInt64(4 * values.count))
    floats(values)
  }

  mutating func packed(_ number: UInt64, _ values: [Float]) {
    guard !values.isEmpty else { return }
    littleEndianFloats(number, values)
  }

  mutating func packed(_ number: UInt64, _ values: [Int64]) {
    guard !values.isEmpty else { return }
    key(number, .lengthDelimited)
    varint(UInt64(values.reduce(0) { $0 + Self.length(UInt64(bitPattern: $1)) }))
    for value in values { varint(UInt64(bitPattern: value)) }
  }

  mutating func message(_ number: UInt64, _ message: some WireMessage) {
    key(number, .lengthDelimited)
    switch mode {
    case .measuring:
      let before = count
      message.write(to: &self)
      count += Self.length(UInt64(count - before))
    case .writing:
      var sizes = WireWriter(.measuring)
      message.write(to: &sizes)
      varint(UInt64(sizes.count))
      message.write(to: &self)
    }
  }
}

extension WireWriter {
  private mutating func key(_ number: UInt64, _ type: WireType) {
    varint(number << 3 | UInt64(type.rawValue))
  }

  private mutating func varint(_ value: UInt64) {
    append(Self.length(value)) { bytes in
      var rest = value
      while rest >= 0x80 {
        bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
        rest >>= 7
      }
      bytes.append(UInt8(rest))
    }
  }

  private mutating func floats(_ values: [Float]) {
    append(4 * values.count) { bytes in
      for value in values {
        let bits = value.bitPattern
        bytes.append(UInt8(truncatingIfNeeded: bits))
        bytes.append(UInt8(truncatingIfNeeded: bits >> 8))
        bytes.append(UInt8(truncatingIfNeeded: bits >> 16))
        bytes.append(UInt8(truncatingIfNeeded: bits >> 24))
      }
    }
  }

  private mutating func withBytes(of bits: UInt32) {
    floats([Float(bitPattern: bits)])
  }

  private mutating func append(_ length: Int, _ body: (inout [UInt8]) -> Void) {
    count += length
    if mode == .writing { body(&bytes) }
  }

  private static func length(_ varint: UInt64) -> Int {
    max(1, (70 - varint.leadingZeroBitCount) / 7)
  }
}
