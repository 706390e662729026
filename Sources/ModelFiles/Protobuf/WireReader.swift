/// Reads one protocol-buffer message, field by field.
///
/// No length is trusted: a payload lies inside its message or reading throws. Messages nest at most
/// ``depthLimit`` deep, and there are at most ``ReadingLimits/messages`` of them: two bytes of a file
/// can be a message, which is a struct of hundreds. Reading allocates nothing but what it returns.
///
/// Reference: Protocol Buffers, *Encoding*.
struct WireReader {
  static let depthLimit = 32

  private let bytes: ModelBytes
  private var position: Int
  private let end: Int
  private let depth: Int
  private let allowance: Allowance

  /// How many messages the file may still have; shared by all readers of it.
  private final class Allowance {
    var messages = ReadingLimits.messages
  }

  init(_ slice: ByteSlice) {
    self.init(slice.bytes, slice.range, depth: 0, Allowance())
  }

  private init(_ bytes: ModelBytes, _ range: Range<Int>, depth: Int, _ allowance: Allowance) {
    self.bytes = bytes
    self.depth = depth
    self.allowance = allowance
    position = range.lowerBound
    end = range.upperBound
  }

  /// Where reading goes on, in bytes from the start of the file.
  var offset: Int { position }

  /// The next field's number and wire type; nothing at the end of the message.
  mutating func nextField() throws(WireError) -> WireField? {
    guard position < end else { return nil }
    let offset = position
    let key = try readVarint()
    guard let type = WireType(rawValue: Int(key & 7)) else {
      throw WireError(.unknownWireType(Int(key & 7)), at: offset)
    }
    guard key >> 3 != 0 else { throw WireError(.fieldNumberZero, at: offset) }
    return WireField(number: key >> 3, type: type, offset: offset)
  }

  /// Passes over a field that nobody asked for. Groups, which ONNX never used, are refused.
  mutating func skip(_ field: WireField) throws(WireError) {
    switch field.type {
    case .varint: _ = try readVarint()
    case .eightBytes: _ = try take(8)
    case .fourBytes: _ = try take(4)
    case .lengthDelimited: _ = try readSlice()
    case .groupStart, .groupEnd:
      throw WireError(.wrongWireType(found: field.type), at: field.offset)
    }
  }
}

/// A field's key: which it is and how its payload is laid out.
struct WireField {
  let number: UInt64
  let type: WireType
  let offset: Int

  func require(_ expected: WireType) throws(WireError) {
    guard type == expected else { throw WireError(.wrongWireType(found: type), at: offset) }
  }
}

// MARK: - Single values

extension WireReader {
  mutating func int64(_ field: WireField) throws(WireError) -> Int64 {
    try field.require(.varint)
    return Int64(bitPattern: try readVarint())
  }

  /// An `int32` or enum; like every reader, keeps the low 32 bits of a longer number.
  mutating func int32(_ field: WireField) throws(WireError) -> Int32 {
    Int32(truncatingIfNeeded: try int64(field))
  }

  mutating func float(_ field: WireField) throws(WireError) -> Float {
    try field.require(.fourBytes)
    return Float(bitPattern: bytes.load(UInt32.self, at: try take(4)))
  }

  mutating func slice(_ field: WireField) throws(WireError) -> ByteSlice {
    try field.require(.lengthDelimited)
    return ByteSlice(bytes: bytes, range: try readSlice())
  }

  mutating func string(_ field: WireField) throws(WireError) -> String {
    try slice(field).text
  }

  /// A message inside this one. `name` joins the path of errors.
  mutating func message<Message: WireMessage>(
    _ field: WireField, _: Message.Type, _ name: @autoclosure () -> String
  ) throws(WireError) -> Message {
    try field.require(.lengthDelimited)
    let range = try readSlice()
    do throws(WireError) {
      guard depth < Self.depthLimit else {
        throw WireError(.nestedTooDeep(limit: Self.depthLimit), at: field.offset)
      }
      guard allowance.messages > 0 else {
        throw WireError(.tooManyMessages(limit: ReadingLimits.messages), at: field.offset)
      }
      allowance.messages -= 1
      return try Message(reading: WireReader(bytes, range, depth: depth + 1, allowance))
    } catch {
      throw error.inside(name())
    }
  }
}

// MARK: - Lists, packed or one by one

extension WireReader {
  mutating func append<Number>(
    _ field: WireField, to list: inout [Number], _ number: (UInt64) -> Number
  ) throws(WireError) {
    if field.type == .varint { return list.append(number(try readVarint())) }
    try field.require(.lengthDelimited)
    let range = try readSlice()
    var inner = WireReader(bytes, range, depth: depth, allowance)
    while inner.position < inner.end { list.append(number(try inner.readVarint())) }
  }

  /// Numbers of four or eight bytes.
  mutating func append<Bits: FixedWidthInteger & BitwiseCopyable, Number>(
    _ field: WireField, to list: inout [Number], bits: Bits.Type, _ number: (Bits) -> Number
  ) throws(WireError) {
    let width = MemoryLayout<Bits>.size
    if field.type == (width == 4 ? .fourBytes : .eightBytes) {
      return list.append(number(bytes.load(Bits.self, at: try take(width))))
    }
    try field.require(.lengthDelimited)
    let range = try readSlice()
    guard range.count % width == 0 else {
      throw WireError(.unevenPackedLength(range.count), at: field.offset)
    }
    let numbers = bytes.convert(range, from: Bits.self, number)
    if list.isEmpty { list = numbers } else { list += numbers }
  }
}

// MARK: - Bytes

extension WireReader {
  private mutating func readVarint() throws(WireError) -> UInt64 {
    let offset = position
    var value: UInt64 = 0
    for index in 0..<10 {
      guard position < end else { throw WireError(.truncated, at: position) }
      let byte = bytes[position]
      position += 1
      guard index < 9 || byte <= 1 else { break }
      value |= UInt64(byte & 0x7f) << (7 * UInt64(index))
      if byte < 0x80 { return value }
    }
    throw WireError(.numberTooLong, at: offset)
  }

  private mutating func readSlice() throws(WireError) -> Range<Int> {
    let offset = position
    let length = try readVarint()
    guard length <= UInt64(end - position) else {
      throw WireError(
        .lengthBeyondMessage(length: length, available: end - position), at: offset)
    }
    let start = position
    position += Int(length)
    return start..<position
  }

  private mutating func take(_ count: Int) throws(WireError) -> Int {
    guard count <= end - position else { throw WireError(.truncated, at: position) }
    defer { position += count }
    return position
  }
}
