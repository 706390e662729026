extension ONNX {
  /// `AttributeProto`: a setting of a node.
  struct Attribute: WireMessage {
    var name = ""

    /// In the body of a function: the call's attribute that gives the value.
    var reference = ""
    var float: Float?
    var integer: Int64?
    var text: String?
    var tensor: Tensor?
    var floats: [Float] = []
    var integers: [Int64] = []
    var texts: [String] = []
    var hasSubgraph = false
    var kind: Int32 = 0

    mutating func read(_ field: WireField, from reader: inout WireReader) throws(WireError) {
      switch field.number {
      case 1: name = try reader.string(field)
      case 2: float = try reader.float(field)
      case 3: integer = try reader.int64(field)
      case 4: text = try reader.string(field)
      case 5: tensor = try reader.message(field, Tensor.self, "tensor")
      case 6, 11:
        hasSubgraph = true
        try reader.skip(field)
      case 7: try reader.append(field, to: &floats, bits: UInt32.self, Float.init(bitPattern:))
      case 8: try reader.append(field, to: &integers, Int64.init(bitPattern:))
      case 9: texts.append(try reader.string(field))
      case 20: kind = try reader.int32(field)
      case 21: reference = try reader.string(field)
      default: try reader.skip(field)
      }
    }

    func write(to writer: inout WireWriter) {
      writer.string(1, name)
      if let float { writer.float(2, float) }
      if let integer { writer.int64(3, integer) }
      if let text { writer.string(4, text) }
      if let tensor { writer.message(5, tensor) }
      for value in floats { writer.float(7, value) }
      for value in integers { writer.int64(8, value) }
      for value in texts { writer.string(9, value) }
      writer.int64(20, Int64(kind))
      if !reference.isEmpty { writer.string(21, reference) }
    }
  }
}

extension ONNX.Attribute {
  init(_ name: String, _ value: Int) {
    self.name = name
    integer = Int64(value)
    kind = 2
  }

  init(_ name: String, _ value: Float) {
    self.name = name
    float = value
    kind = 1
  }

  init(_ name: String, _ value: String) {
    self.name = name
    text = value
    kind = 3
  }

  init(_ name: String, _ values: [Int]) {
    self.name = name
    integers = values.map(Int64.init)
    kind = 7
  }
}
