/// Numbers as a NumPy file, format 1.0, little-endian float32, C order: what `numpy.load` reads.
public enum NumPyFile {
  /// The bytes of a file with these values of this shape.
  public static func encode(shape: [Int], _ values: [Float]) -> [UInt8] {
    precondition(shape.reduce(1, *) == values.count, "\(values.count) values for \(shape)")
    var lengths = shape.map(String.init).joined(separator: ", ")
    if shape.count == 1 { lengths += "," }
    let description = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(lengths)), }"
    // Magic, version and length take 10 bytes; the data start at a multiple of 64.
    let unpadded = 10 + description.utf8.count + 1
    let padding = (64 - unpadded % 64) % 64
    let header = Array(description.utf8) + Array(repeating: UInt8(ascii: " "), count: padding)
    var bytes: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0]
    let length = UInt16(header.count + 1)
    bytes += [UInt8(truncatingIfNeeded: length), UInt8(truncatingIfNeeded: length >> 8)]
    bytes += header + [UInt8(ascii: "\n")]
    bytes.reserveCapacity(bytes.count + 4 * values.count)
    for value in values {
      let bits = value.bitPattern
      for shift in stride(from: 0, to: 32, by: 8) {
        bytes.append(UInt8(truncatingIfNeeded: bits >> shift))
      }
    }
    return bytes
  }
}
