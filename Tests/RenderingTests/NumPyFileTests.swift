import Rendering
import Testing

@Suite struct NumPyFileTests {
  @Test(arguments: [[2, 3], [6], [1, 2, 3]])
  func theDataStartAtAMultipleOf64(shape: [Int]) {
    let bytes = NumPyFile.encode(shape: shape, [1, 2, 3, 4, 5, -6.5])
    #expect(bytes.prefix(8) == [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0])
    let header = 10 + Int(bytes[8]) + 256 * Int(bytes[9])
    #expect(header % 64 == 0 && bytes[header - 1] == UInt8(ascii: "\n"))
    #expect(bytes.count == header + 24)
    #expect(bytes.suffix(4) == [0, 0, 0xD0, 0xC0])
  }

  @Test func theShapeIsWrittenAsPythonWritesTuples() {
    let text = String(decoding: NumPyFile.encode(shape: [1, 2], [0, 0]), as: UTF8.self)
    #expect(text.contains("'shape': (1, 2), }"))
    let one = String(decoding: NumPyFile.encode(shape: [2], [0, 0]), as: UTF8.self)
    #expect(one.contains("'shape': (2,), }"))
  }
}
