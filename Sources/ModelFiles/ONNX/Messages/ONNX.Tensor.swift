extension ONNX {
  /// `TensorProto`: numbers with a shape, kept as the file has them until somebody converts them.
  struct Tensor: WireMessage {
    var name = ""
    var axes: [Int64] = []
    var elementType: Int32 = 0
    var floats: [Float] = []
    var doubles: [Double] = []

    /// `int32_data`: all types of up to 32 bits, the half-width floats by their bits.
    var int32s: [Int32] = []
    var int64s: [Int64] = []
    var uint64s: [UInt64] = []
    var raw: ByteSlice?

    /// Floats to write as `raw_data`.
    var rawFloats: [Float]?
    var isSegment = false
    var location: Int32 = 0
    var external: [Entry] = []

    mutating func read(_ field: WireField, from reader: inout WireReader) throws(WireError) {
      switch field.number {
      case 1: try reader.append(field, to: &axes, Int64.init(bitPattern:))
      case 2: elementType = try reader.int32(field)
      case 3:
        isSegment = true
        try reader.skip(field)
      case 4: try reader.append(field, to: &floats, bits: UInt32.self, Float.init(bitPattern:))
      case 5: try reader.append(field, to: &int32s) { Int32(truncatingIfNeeded: $0) }
      case 7: try reader.append(field, to: &int64s, Int64.init(bitPattern:))
      case 8: name = try reader.string(field)
      case 9: raw = try reader.slice(field)
      case 10: try reader.append(field, to: &doubles, bits: UInt64.self, Double.init(bitPattern:))
      case 11: try reader.append(field, to: &uint64s) { $0 }
      case 13:
        external.append(
          try reader.message(field, Entry.self, "external_data \(external.count)"))
      case 14: location = try reader.int32(field)
      default: try reader.skip(field)
      }
    }

    func write(to writer: inout WireWriter) {
      writer.packed(1, axes)
      writer.int64(2, Int64(elementType))
      writer.packed(4, floats)
      writer.packed(5, int32s.map(Int64.init))
      writer.packed(7, int64s)
      if !name.isEmpty { writer.string(8, name) }
      if let raw { writer.slice(9, raw) }
      if let rawFloats { writer.littleEndianFloats(9, rawFloats) }
      for entry in external { writer.message(13, entry) }
      if location != 0 { writer.int64(14, Int64(location)) }
    }
  }

  /// `TensorProto.DataType`, as far as numbers can be made of it.
  enum ElementType: Int32, Sendable {
    case float32 = 1
    case uint8 = 2
    case int8 = 3
    case uint16 = 4
    case int16 = 5
    case int32 = 6
    case int64 = 7
    case bool = 9
    case float16 = 10
    case float64 = 11
    case uint32 = 12
    case uint64 = 13
    case bfloat16 = 16

    var isFloat: Bool {
      switch self {
      case .float32, .float16, .float64, .bfloat16: true
      case .uint8, .int8, .uint16, .int16, .int32, .int64, .bool, .uint32, .uint64: false
      }
    }

    /// Bytes of an element in raw data.
    var width: Int {
      switch self {
      case .uint8, .int8, .bool: 1
      case .uint16, .int16, .float16, .bfloat16: 2
      case .float32, .int32, .uint32: 4
      case .int64, .uint64, .float64: 8
      }
    }
  }
}

extension ONNX.Tensor {
  init(_ name: String, axes: [Int], floats: [Float]) {
    self.name = name
    self.axes = axes.map(Int64.init)
    elementType = ONNX.ElementType.float32.rawValue
    rawFloats = floats
  }

  init(_ name: String, axes: [Int], integers: [Int]) {
    self.name = name
    self.axes = axes.map(Int64.init)
    elementType = ONNX.ElementType.int64.rawValue
    int64s = integers.map(Int64.init)
  }
}
