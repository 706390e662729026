import Testing

@testable import ModelFiles

@Suite struct TensorDecodingTests {
  private func stored(_ tensor: ONNX.Tensor) throws(TensorProblem) -> StoredTensor {
    try StoredTensor(tensor) { (_) throws(TensorProblem) in throw .noFolder }
  }

  private func raw(_ type: ONNX.ElementType, _ axes: [Int64], _ bytes: [UInt8]) -> ONNX.Tensor {
    var tensor = ONNX.Tensor()
    tensor.elementType = type.rawValue
    tensor.axes = axes
    tensor.raw = ByteSlice(bytes)
    return tensor
  }

  @Test(
    arguments: [
      (.float32, [0, 0, 0xc0, 0x3f], 1.5),
      (.float64, [0, 0, 0, 0, 0, 0, 0xf8, 0xbf], -1.5),
      (.float16, [0x00, 0x3e], 1.5),
      (.bfloat16, [0xc0, 0x3f], 1.5),
      (.int8, [0xfd], -3),
      (.uint8, [0xfd], 253),
      (.int16, [0xfd, 0xff], -3),
      (.int32, [0xfd, 0xff, 0xff, 0xff], -3),
      (.int64, [0xfd, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], -3),
      (.bool, [2], 1),
    ] as [(ONNX.ElementType, [UInt8], Float)])
  func everyTypeBecomesFloats(_ type: ONNX.ElementType, _ bytes: [UInt8], _ value: Float) throws {
    #expect(try stored(raw(type, [], bytes)).floats() == [value])
    #expect(try stored(raw(type, [2], bytes + bytes)).floats() == [value, value])
  }

  @Test func halfPrecisionIsExact() {
    for bits in UInt16.min...UInt16.max {
      let half = Float16(bitPattern: bits)
      let ours = Float(halfBits: bits)
      guard half.isNaN ? ours.isNaN : ours.bitPattern == Float(half).bitPattern else {
        Issue.record("\(bits): \(ours) is not \(half)")
        return
      }
    }
  }

  @Test func theTypedFieldsSayTheSame() throws {
    var tensor = ONNX.Tensor()
    tensor.axes = [2]
    tensor.elementType = ONNX.ElementType.float16.rawValue
    tensor.int32s = [0x3c00, 0xc000]
    #expect(try stored(tensor).floats() == [1, -2])
    tensor.elementType = ONNX.ElementType.int64.rawValue
    tensor.int64s = [5, -6]
    #expect(try stored(tensor).integers() == [5, -6])
  }

  @Test func sizesAreNotTrusted() {
    #expect(throws: TensorProblem.wrongSize(found: 4, expected: 8)) {
      try stored(raw(.float32, [2], [0, 0, 0, 0]))
    }
    #expect(throws: TensorProblem.badAxes([1 << 40, 1 << 40])) {
      try stored(raw(.float32, [1 << 40, 1 << 40], []))
    }
    #expect(throws: TensorProblem.badAxes([-1])) { try stored(raw(.float32, [-1], [])) }
    var unknown = raw(.float32, [1], [0])
    unknown.elementType = 17
    #expect(throws: TensorProblem.unsupportedElementType(17)) { try stored(unknown) }
  }
}
