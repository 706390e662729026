/// A protocol-buffer message as a plain struct: how its fields are read and written.
protocol WireMessage {
  /// The message whose fields are all absent.
  init()

  /// Takes one field, or skips it.
  mutating func read(_ field: WireField, from reader: inout WireReader) throws(WireError)

  /// Writes the fields that are present, in the order of their numbers.
  func write(to writer: inout WireWriter)
}

extension WireMessage {
  init(reading reader: WireReader) throws(WireError) {
    self.init()
    var reader = reader
    while let field = try reader.nextField() { try read(field, from: &reader) }
  }

  /// The whole message as bytes.
  var encoded: [UInt8] {
    var sizes = WireWriter(.measuring)
    write(to: &sizes)
    var writer = WireWriter(.writing, capacity: sizes.count)
    write(to: &writer)
    return writer.bytes
  }
}
