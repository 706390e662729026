extension ONNX {
  /// `GraphProto`.
  struct Graph: WireMessage {
    var name = ""
    var nodes: [Node] = []
    var initializers: [Tensor] = []
    var inputs: [ValueInfo] = []
    var outputs: [ValueInfo] = []
    var hasSparseInitializers = false

    mutating func read(_ field: WireField, from reader: inout WireReader) throws(WireError) {
      switch field.number {
      case 1: nodes.append(try reader.message(field, Node.self, "node \(nodes.count)"))
      case 2: name = try reader.string(field)
      case 5:
        initializers.append(
          try reader.message(field, Tensor.self, "initializer \(initializers.count)"))
      case 11: inputs.append(try reader.message(field, ValueInfo.self, "input \(inputs.count)"))
      case 12: outputs.append(try reader.message(field, ValueInfo.self, "output \(outputs.count)"))
      case 15:
        hasSparseInitializers = true
        try reader.skip(field)
      default: try reader.skip(field)
      }
    }

    func write(to writer: inout WireWriter) {
      for node in nodes { writer.message(1, node) }
      writer.string(2, name)
      for tensor in initializers { writer.message(5, tensor) }
      for input in inputs { writer.message(11, input) }
      for output in outputs { writer.message(12, output) }
    }
  }

  /// `NodeProto`: one operator at work.
  struct Node: WireMessage {
    var name = ""
    var operation = ""
    var domain = ""
    var overload = ""

    /// Names of values; an empty one is an optional input left out.
    var inputs: [String] = []
    var outputs: [String] = []
    var attributes: [Attribute] = []

    mutating func read(_ field: WireField, from reader: inout WireReader) throws(WireError) {
      switch field.number {
      case 1: inputs.append(try reader.string(field))
      case 2: outputs.append(try reader.string(field))
      case 3: name = try reader.string(field)
      case 4: operation = try reader.string(field)
      case 5:
        attributes.append(
          try reader.message(field, Attribute.self, "attribute \(attributes.count)"))
      case 7: domain = try reader.string(field)
      case 8: overload = try reader.string(field)
      default: try reader.skip(field)
      }
    }

    func write(to writer: inout WireWriter) {
      for input in inputs { writer.string(1, input) }
      for output in outputs { writer.string(2, output) }
      if !name.isEmpty { writer.string(3, name) }
      writer.string(4, operation)
      for attribute in attributes { writer.message(5, attribute) }
      if !domain.isEmpty { writer.string(7, domain) }
      if !overload.isEmpty { writer.string(8, overload) }
    }
  }

  /// `ValueInfoProto` with its `TypeProto`, as far as it is a tensor.
  struct ValueInfo: WireMessage {
    var name = ""
    var type: TensorType?

    mutating func read(_ field: WireField, from reader: inout WireReader) throws(WireError) {
      switch field.number {
      case 1: name = try reader.string(field)
      case 2: type = try reader.message(field, ValueType.self, "type").tensor
      default: try reader.skip(field)
      }
    }

    func write(to writer: inout WireWriter) {
      writer.string(1, name)
      if let type { writer.message(2, ValueType(tensor: type)) }
    }
  }

  /// `TypeProto`: only its tensor case is kept.
  struct ValueType: WireMessage {
    var tensor: TensorType?

    init() {}
    init(tensor: TensorType) { self.tensor = tensor }

    mutating func read(_ field: WireField, from reader: inout WireReader) throws(WireError) {
      switch field.number {
      case 1: tensor = try reader.message(field, TensorType.self, "tensor_type")
      default: try reader.skip(field)
      }
    }

    func write(to writer: inout WireWriter) {
      if let tensor { writer.message(1, tensor) }
    }
  }

  /// `TypeProto.Tensor` with its `TensorShapeProto`.
  struct TensorType: WireMessage {
    var elementType: Int32 = 0

    /// Nothing if not even the rank is declared.
    var shape: TensorShape?

    mutating func read(_ field: WireField, from reader: inout WireReader) throws(WireError) {
      switch field.number {
      case 1: elementType = try reader.int32(field)
      case 2: shape = try reader.message(field, TensorShape.self, "shape")
      default: try reader.skip(field)
      }
    }

    func write(to writer: inout WireWriter) {
      writer.int64(1, Int64(elementType))
      if let shape { writer.message(2, shape) }
    }
  }

  struct TensorShape: WireMessage {
    var dimensions: [Dimension] = []

    init() {}
    init(_ dimensions: [Dimension]) { self.dimensions = dimensions }

    mutating func read(_ field: WireField, from reader: inout WireReader) throws(WireError) {
      switch field.number {
      case 1:
        dimensions.append(
          try reader.message(field, Dimension.self, "dim \(dimensions.count)"))
      default: try reader.skip(field)
      }
    }

    func write(to writer: inout WireWriter) {
      for dimension in dimensions { writer.message(1, dimension) }
    }
  }

  /// `TensorShapeProto.Dimension`: a length, a name for an unknown one, or nothing at all.
  struct Dimension: WireMessage {
    var length: Int64?
    var name: String?

    init() {}
    init(length: Int) { self.length = Int64(length) }
    init(name: String) { self.name = name }

    mutating func read(_ field: WireField, from reader: inout WireReader) throws(WireError) {
      switch field.number {
      case 1: length = try reader.int64(field)
      case 2: name = try reader.string(field)
      default: try reader.skip(field)
      }
    }

    func write(to writer: inout WireWriter) {
      if let length { writer.int64(1, length) }
      if let name { writer.string(2, name) }
    }
  }
}
