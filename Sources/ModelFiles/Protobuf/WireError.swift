/// What is wrong with bytes that should be protocol-buffer messages, and where.
public struct WireError: Error, Equatable, Sendable {
  public enum Reason: Equatable, Sendable {
    /// The message ends inside a field.
    case truncated

    /// A number is longer than ten bytes or than 64 bits.
    case numberTooLong

    /// A length goes past the end of the message that holds it.
    case lengthBeyondMessage(length: UInt64, available: Int)
    case fieldNumberZero
    case unknownWireType(Int)

    /// A field has another wire type than its message declares.
    case wrongWireType(found: WireType)

    /// A packed list's length is no multiple of its elements' size.
    case unevenPackedLength(Int)
    case nestedTooDeep(limit: Int)
    case tooManyMessages(limit: Int)
  }

  public let reason: Reason

  /// Where in the file, in bytes.
  public let offset: Int

  /// Which fields lead there, outermost first: `["graph", "node 12", "attribute 0"]`.
  public private(set) var path: [String]

  init(_ reason: Reason, at offset: Int) {
    self.reason = reason
    self.offset = offset
    path = []
  }

  func inside(_ field: String) -> WireError {
    var outer = self
    outer.path.insert(field, at: 0)
    return outer
  }
}

/// How a field's payload is laid out.
public enum WireType: Int, Sendable {
  case varint = 0
  case eightBytes = 1
  case lengthDelimited = 2
  case groupStart = 3
  case groupEnd = 4
  case fourBytes = 5
}
