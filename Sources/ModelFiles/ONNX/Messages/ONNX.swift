/// The messages of the ONNX format, as plain structs with the fields that classifiers use.
///
/// Field numbers are those of `onnx.proto`, IR version 13; fields nobody here needs are passed over.
/// Reading and writing stand beside each other in each file.
enum ONNX {}

extension ONNX {
  /// `ModelProto`: the whole file.
  struct Model: WireMessage {
    var irVersion: Int64 = 0
    var producerName = ""
    var producerVersion = ""
    var documentation = ""
    var graph: Graph?
    var operatorSets: [OperatorSet] = []
    var metadata: [Entry] = []
    var functions: [Function] = []

    mutating func read(_ field: WireField, from reader: inout WireReader) throws(WireError) {
      switch field.number {
      case 1: irVersion = try reader.int64(field)
      case 2: producerName = try reader.string(field)
      case 3: producerVersion = try reader.string(field)
      case 6: documentation = try reader.string(field)
      case 7: graph = try reader.message(field, Graph.self, "graph")
      case 8:
        operatorSets.append(
          try reader.message(field, OperatorSet.self, "opset_import \(operatorSets.count)"))
      case 14:
        metadata.append(
          try reader.message(field, Entry.self, "metadata_props \(metadata.count)"))
      case 25:
        functions.append(
          try reader.message(field, Function.self, "function \(functions.count)"))
      default: try reader.skip(field)
      }
    }

    func write(to writer: inout WireWriter) {
      writer.int64(1, irVersion)
      if !producerName.isEmpty { writer.string(2, producerName) }
      if !producerVersion.isEmpty { writer.string(3, producerVersion) }
      if !documentation.isEmpty { writer.string(6, documentation) }
      if let graph { writer.message(7, graph) }
      for set in operatorSets { writer.message(8, set) }
      for entry in metadata { writer.message(14, entry) }
      for function in functions { writer.message(25, function) }
    }
  }

  /// `OperatorSetIdProto`: which edition of a domain's operators the file means.
  struct OperatorSet: WireMessage, Equatable {
    var domain = ""
    var version: Int64 = 0

    mutating func read(_ field: WireField, from reader: inout WireReader) throws(WireError) {
      switch field.number {
      case 1: domain = try reader.string(field)
      case 2: version = try reader.int64(field)
      default: try reader.skip(field)
      }
    }

    func write(to writer: inout WireWriter) {
      if !domain.isEmpty { writer.string(1, domain) }
      writer.int64(2, version)
    }
  }

  /// `StringStringEntryProto`.
  struct Entry: WireMessage, Equatable {
    var key = ""
    var value = ""

    mutating func read(_ field: WireField, from reader: inout WireReader) throws(WireError) {
      switch field.number {
      case 1: key = try reader.string(field)
      case 2: value = try reader.string(field)
      default: try reader.skip(field)
      }
    }

    func write(to writer: inout WireWriter) {
      writer.string(1, key)
      writer.string(2, value)
    }
  }

  /// `FunctionProto`: an operator defined by others.
  struct Function: WireMessage {
    var name = ""
    var domain = ""
    var overload = ""
    var inputs: [String] = []
    var outputs: [String] = []
    var nodes: [Node] = []

    /// Attributes a call may leave out, with the values they then have.
    var defaults: [Attribute] = []

    mutating func read(_ field: WireField, from reader: inout WireReader) throws(WireError) {
      switch field.number {
      case 1: name = try reader.string(field)
      case 4: inputs.append(try reader.string(field))
      case 5: outputs.append(try reader.string(field))
      case 7: nodes.append(try reader.message(field, Node.self, "node \(nodes.count)"))
      case 10: domain = try reader.string(field)
      case 11:
        defaults.append(
          try reader.message(field, Attribute.self, "attribute_proto \(defaults.count)"))
      case 13: overload = try reader.string(field)
      default: try reader.skip(field)
      }
    }

    func write(to writer: inout WireWriter) {
      writer.string(1, name)
      for input in inputs { writer.string(4, input) }
      for output in outputs { writer.string(5, output) }
      for node in nodes { writer.message(7, node) }
      writer.string(10, domain)
      for attribute in defaults { writer.message(11, attribute) }
      if !overload.isEmpty { writer.string(13, overload) }
    }
  }
}
