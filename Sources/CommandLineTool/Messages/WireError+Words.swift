import ModelFiles

extension WireError {
  /// What is wrong with the bytes, and where, as words after a colon.
  var words: String {
    (path.isEmpty ? "" : path.joined(separator: ", ") + ", ") + "at byte \(offset): \(reason.words)"
  }
}

extension WireError.Reason {
  fileprivate var words: String {
    switch self {
    case .truncated: "the file ends too early"
    case .numberTooLong: "a number has too many bytes"
    case .lengthBeyondMessage(let length, let available):
      "a length of \(length) where \(available) bytes are left"
    case .fieldNumberZero: "a field has no number"
    case .unknownWireType(let type): "a field is of type \(type), which is unknown"
    case .wrongWireType(let found): "a field is \(found.words), which it cannot be"
    case .unevenPackedLength(let length): "a list has \(length) bytes, which do not come out even"
    case .nestedTooDeep(let limit): "messages lie more than \(limit) deep in each other"
    case .tooManyMessages(let limit): "there are more than \(limit) messages"
    }
  }
}

extension WireType {
  fileprivate var words: String {
    switch self {
    case .varint: "a number"
    case .eightBytes: "eight bytes"
    case .lengthDelimited: "a text or message"
    case .groupStart, .groupEnd: "a group"
    case .fourBytes: "four bytes"
    }
  }
}
