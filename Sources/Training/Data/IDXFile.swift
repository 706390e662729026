import Tensors

/// An array of bytes as the MNIST files hold them, plain or gzip.
///
/// ```
/// 0 0 8 rank   length of each axis, four bytes, high byte first   elements, last axis fastest
/// ```
public struct IDXFile: Sendable {
  /// The lengths of the axes.
  public let axes: [Int]
  public let bytes: [UInt8]

  /// Reads a file of at most `limit` elements.
  public init(_ path: String, limit: Int = 1 << 30) throws(DataSetError) {
    let file = try CompressedFile(path)
    let beginning = try file.read(4)
    guard beginning.count == 4, beginning[0] == 0, beginning[1] == 0, beginning[2] == 8,
      (1...4).contains(beginning[3])
    else { throw .notIDX(path: path, beginning: beginning) }
    let header = try file.read(4 * Int(beginning[3]))
    guard header.count == 4 * Int(beginning[3]) else {
      throw .notIDX(path: path, beginning: beginning + header)
    }
    let axes = stride(from: 0, to: header.count, by: 4).map { at in
      header[at..<at + 4].reduce(0) { $0 << 8 | Int($1) }
    }
    guard let shape = Shape(checking: axes) else { throw .wrongAxes(path: path, found: axes) }
    guard shape.count <= limit else {
      throw .tooLarge(path: path, bytes: shape.count, limit: limit)
    }
    let bytes = try file.read(shape.count)
    guard bytes.count == shape.count else {
      throw .truncated(path: path, found: bytes.count, expected: shape.count)
    }
    self.axes = axes
    self.bytes = bytes
  }
}
