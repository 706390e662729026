extension String {
  /// A path as the system gives it.
  ///
  /// Each byte that is no UTF-8 becomes U+FFFD and the byte's number in hexadecimal: such a path finds
  /// no file, but is not that of another one.
  public init(pathBytes bytes: some Collection<UInt8>) {
    if let text = String(validating: bytes, as: UTF8.self) {
      self = text
      return
    }
    self = ""
    var rest = bytes[...]
    while !rest.isEmpty {
      var parser = UTF8.ForwardParser()
      var iterator = rest.makeIterator()
      switch parser.parseScalar(from: &iterator) {
      case .valid(let scalar):
        unicodeScalars.append(UTF8.decode(scalar))
        rest = rest.dropFirst(scalar.count)
      case .error(let length):
        for byte in rest.prefix(length) {
          self += "\u{FFFD}" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
        rest = rest.dropFirst(length)
      case .emptyInput:
        return
      }
    }
  }
}
