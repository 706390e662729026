import Tensors

/// A tensor of the file whose type, axes and size have been checked; converting it cannot fail.
struct StoredTensor: Sendable {
  let elementType: ONNX.ElementType
  let shape: [Int]
  let count: Int
  private let tensor: ONNX.Tensor
  private let raw: ByteSlice?

  /// `external` finds the bytes of a tensor that stands in another file.
  init(
    _ tensor: ONNX.Tensor, external: (ONNX.Tensor) throws(TensorProblem) -> ByteSlice
  ) throws(TensorProblem) {
    guard let elementType = ONNX.ElementType(rawValue: tensor.elementType) else {
      throw .unsupportedElementType(tensor.elementType)
    }
    guard !tensor.isSegment else { throw .segmented }
    guard tensor.axes.count <= ReadingLimits.rank else { throw .badAxes([]) }
    // Of an empty tensor the other axes count too: parts of the product are taken of it later.
    var count = 1
    for length in tensor.axes {
      let (product, overflow) = count.multipliedReportingOverflow(by: max(1, Int(length)))
      guard length >= 0, !overflow, product <= 1 << 40 else { throw .badAxes(tensor.axes) }
      count = product
    }
    if tensor.axes.contains(0) { count = 0 }
    self.tensor = tensor
    self.elementType = elementType
    self.count = count
    shape = tensor.axes.map(Int.init)
    raw = tensor.location == 1 ? try external(tensor) : tensor.raw
    if let raw {
      guard raw.count == count * elementType.width else {
        throw .wrongSize(found: raw.count, expected: count * elementType.width)
      }
    } else {
      let found = typedCount
      guard found == count else { throw .wrongSize(found: found, expected: count) }
    }
  }

  /// Elements in the typed field that belongs to the element type.
  private var typedCount: Int {
    switch elementType {
    case .float32: tensor.rawFloats?.count ?? tensor.floats.count
    case .float64: tensor.doubles.count
    case .int64: tensor.int64s.count
    case .uint32, .uint64: tensor.uint64s.count
    case .uint8, .int8, .uint16, .int16, .int32, .bool, .float16, .bfloat16: tensor.int32s.count
    }
  }

  /// The numbers as the network wants them; integers are rounded to the nearest float.
  func floats() -> [Float] {
    guard let raw else { return typedFloats() }
    switch elementType {
    case .float32: return raw.numbers(UInt32.self, Float.init(bitPattern:))
    case .float64: return raw.numbers(UInt64.self) { Float(Double(bitPattern: $0)) }
    case .float16: return raw.numbers(UInt16.self, Float.init(halfBits:))
    case .bfloat16: return raw.numbers(UInt16.self) { Float(bitPattern: UInt32($0) << 16) }
    case .bool: return raw.numbers(UInt8.self) { $0 == 0 ? 0 : 1 }
    case .uint8: return raw.numbers(UInt8.self) { Float($0) }
    case .int8: return raw.numbers(Int8.self) { Float($0) }
    case .uint16: return raw.numbers(UInt16.self) { Float($0) }
    case .int16: return raw.numbers(Int16.self) { Float($0) }
    case .int32: return raw.numbers(Int32.self) { Float($0) }
    case .uint32: return raw.numbers(UInt32.self) { Float($0) }
    case .int64: return raw.numbers(Int64.self) { Float($0) }
    case .uint64: return raw.numbers(UInt64.self) { Float($0) }
    }
  }

  private func typedFloats() -> [Float] {
    switch elementType {
    case .float32: tensor.rawFloats ?? tensor.floats
    case .float64: tensor.doubles.map { Float($0) }
    case .float16: tensor.int32s.map { Float(halfBits: UInt16(truncatingIfNeeded: $0)) }
    case .bfloat16:
      tensor.int32s.map { Float(bitPattern: UInt32(truncatingIfNeeded: $0) << 16) }
    case .bool: tensor.int32s.map { $0 == 0 ? 0 : 1 }
    case .uint8, .int8, .uint16, .int16, .int32: tensor.int32s.map { Float($0) }
    case .int64: tensor.int64s.map { Float($0) }
    case .uint32, .uint64: tensor.uint64s.map { Float($0) }
    }
  }

  /// The numbers as integers; floats towards zero, those beyond the range of integers to its end.
  func integers() -> [Int] {
    switch elementType {
    case .float32, .float64, .float16, .bfloat16: return floats().map(Int.init(saturating:))
    case .uint8, .int8, .uint16, .int16, .int32, .int64, .bool, .uint32, .uint64: break
    }
    guard let raw else { return typedIntegers() }
    switch elementType {
    case .bool: return raw.numbers(UInt8.self) { $0 == 0 ? 0 : 1 }
    case .uint8: return raw.numbers(UInt8.self) { Int($0) }
    case .int8: return raw.numbers(Int8.self) { Int($0) }
    case .uint16: return raw.numbers(UInt16.self) { Int($0) }
    case .int16: return raw.numbers(Int16.self) { Int($0) }
    case .int32: return raw.numbers(Int32.self) { Int($0) }
    case .uint32: return raw.numbers(UInt32.self) { Int($0) }
    case .int64: return raw.numbers(Int64.self) { Int($0) }
    case .uint64: return raw.numbers(UInt64.self) { Int(clamping: $0) }
    case .float32, .float64, .float16, .bfloat16: return []
    }
  }

  private func typedIntegers() -> [Int] {
    switch elementType {
    case .int64: tensor.int64s.map(Int.init)
    case .uint32, .uint64: tensor.uint64s.map(Int.init(clamping:))
    case .uint8, .int8, .uint16, .int16, .int32: tensor.int32s.map(Int.init)
    case .bool: tensor.int32s.map { $0 == 0 ? 0 : 1 }
    case .float32, .float64, .float16, .bfloat16: []
    }
  }
}

extension ByteSlice {
  func numbers<Source: FixedWidthInteger & BitwiseCopyable, Result>(
    _ source: Source.Type, _ body: (Source) -> Result
  ) -> [Result] {
    bytes.convert(range, from: source, isReleased: true, body)
  }
}

extension Float {
  /// The number that sixteen bits of IEEE 754 half precision mean.
  ///
  /// By hand: the baseline x86-64 has no instruction for it and would call a library per element.
  init(halfBits bits: UInt16) {
    let sign = UInt32(bits & 0x8000) << 16
    let exponent = UInt32(bits >> 10) & 0x1f
    let fraction = UInt32(bits & 0x3ff)
    switch exponent {
    case 0:
      let magnitude = Float(fraction) * 0x1p-24
      self = sign == 0 ? magnitude : -magnitude
    case 0x1f: self.init(bitPattern: sign | 0x7f80_0000 | fraction << 13)
    default: self.init(bitPattern: sign | (exponent + 112) << 23 | fraction << 13)
    }
  }
}

extension Int {
  /// A float towards zero; NaN becomes zero and what is too large the nearest integer there is.
  init(saturating value: Float) {
    if value.isNaN {
      self = 0
    } else if let exact = Int(exactly: value.rounded(.towardZero)) {
      self = exact
    } else {
      self = value < 0 ? .min : .max
    }
  }
}
