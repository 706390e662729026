import CZlib
import Networks

/// A run between two epochs, as bytes.
///
/// ```
/// "whylight checkpoint 1\n"   settings, network   state   weights   further vectors   CRC-32
/// ```
///
/// Numbers have eight bytes, floats four, the low byte first; a text or a list begins with its
/// length.
public struct Checkpoint: Sendable, Equatable {
  let settings: String
  let network: String
  let state: TrainingState
  let weights: WeightSnapshot

  /// The optimiser's memory, the average and the best weights, as far as there are any.
  let vectors: [[Float]]

  /// The number of epochs done.
  public var epoch: Int { state.epoch }

  /// What has to agree between a checkpoint and the network it goes on with.
  static func description(of graph: Graph) -> String {
    graph.parameters.map { "\($0.name) \($0.shape)" }.joined(separator: "; ")
  }

  private static let beginning = Array("whylight checkpoint 1\n".utf8)
}

/// Why a run cannot go on from a checkpoint.
public enum CheckpointError: Error, Equatable {
  case notACheckpoint

  /// The bytes do not agree with their sum.
  case damaged
  case otherNetwork
  case otherSettings(found: String, expected: String)
}

extension Checkpoint {
  public var bytes: [UInt8] {
    var writer = ByteWriter(bytes: Self.beginning)
    writer.append(settings)
    writer.append(network)
    writer.append(state.epoch)
    writer.append(state.step)
    writer.append(state.bestLoss)
    writer.append(state.epochsSinceBest)
    writer.append(state.history.count)
    for record in state.history { writer.append(record) }
    writer.append(weights.values)
    writer.append(weights.statistics)
    writer.append(vectors.count)
    for vector in vectors { writer.append(vector) }
    writer.append(Self.checksum(writer.bytes[...]))
    return writer.bytes
  }

  public init(bytes: [UInt8]) throws(CheckpointError) {
    guard bytes.starts(with: Self.beginning) else { throw .notACheckpoint }
    let end = bytes.count - 8
    guard end >= Self.beginning.count else { throw .damaged }
    var sum = ByteReader(bytes: bytes[end...])
    guard try sum.integer() == Self.checksum(bytes[..<end]) else { throw .damaged }
    var reader = ByteReader(bytes: bytes[Self.beginning.count..<end])
    settings = try reader.text()
    network = try reader.text()
    var state = TrainingState()
    state.epoch = try reader.integer()
    state.step = try reader.integer()
    state.bestLoss = try reader.double()
    state.epochsSinceBest = try reader.integer()
    for _ in 0..<(try reader.count()) { state.history.append(try reader.record()) }
    self.state = state
    weights = WeightSnapshot(values: try reader.floats(), statistics: try reader.floats())
    var vectors: [[Float]] = []
    for _ in 0..<(try reader.count()) { vectors.append(try reader.floats()) }
    self.vectors = vectors
  }

  private static func checksum(_ bytes: ArraySlice<UInt8>) -> Int {
    unsafe bytes.withUnsafeBufferPointer { unsafe Int(crc32_z(0, $0.baseAddress, $0.count)) }
  }
}

private struct ByteWriter {
  var bytes: [UInt8]

  mutating func append(_ number: Int) { appendBits(UInt64(bitPattern: Int64(number))) }
  mutating func append(_ number: Double) { appendBits(number.bitPattern) }

  mutating func append(_ text: String) {
    append(text.utf8.count)
    bytes += text.utf8
  }

  mutating func append(_ values: [Float]) {
    append(values.count)
    bytes.reserveCapacity(bytes.count + 4 * values.count)
    for value in values { appendBits(value.bitPattern) }
  }

  mutating func append(_ record: EpochRecord) {
    append(record.epoch)
    for number in [
      Double(record.learningRate), record.trainingLoss, record.trainingAccuracy,
      record.validationLoss ?? .nan, record.validationAccuracy ?? .nan, record.seconds,
    ] { append(number) }
  }

  private mutating func appendBits<Bits: FixedWidthInteger>(_ bits: Bits) {
    for shift in stride(from: 0, to: Bits.bitWidth, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: bits >> Bits(shift)))
    }
  }
}

/// Reads what a ``ByteWriter`` wrote. The sum has been checked, so what does not fit here was
/// written by something else.
private struct ByteReader {
  var bytes: ArraySlice<UInt8>

  mutating func integer() throws(CheckpointError) -> Int {
    Int(Int64(bitPattern: try bits()))
  }

  mutating func double() throws(CheckpointError) -> Double { Double(bitPattern: try bits()) }

  /// A length; never more than the bytes that are left.
  mutating func count() throws(CheckpointError) -> Int {
    let count = try integer()
    guard count >= 0, count <= bytes.count else { throw .damaged }
    return count
  }

  mutating func text() throws(CheckpointError) -> String {
    let count = try count()
    defer { bytes = bytes.dropFirst(count) }
    return String(decoding: bytes.prefix(count), as: UTF8.self)
  }

  mutating func floats() throws(CheckpointError) -> [Float] {
    let count = try count()
    guard bytes.count >= 4 * count else { throw .damaged }
    var values: [Float] = []
    values.reserveCapacity(count)
    for _ in 0..<count { values.append(Float(bitPattern: try bits())) }
    return values
  }

  mutating func record() throws(CheckpointError) -> EpochRecord {
    let epoch = try integer()
    var numbers: [Double] = []
    for _ in 0..<6 { numbers.append(try double()) }
    return EpochRecord(
      epoch: epoch, learningRate: Float(numbers[0]), trainingLoss: numbers[1],
      trainingAccuracy: numbers[2], validationLoss: numbers[3].isNaN ? nil : numbers[3],
      validationAccuracy: numbers[4].isNaN ? nil : numbers[4], seconds: numbers[5])
  }

  private mutating func bits<Bits: FixedWidthInteger>() throws(CheckpointError) -> Bits {
    let count = Bits.bitWidth / 8
    guard bytes.count >= count else { throw .damaged }
    var bits: Bits = 0
    for (place, byte) in bytes.prefix(count).enumerated() {
      bits |= Bits(truncatingIfNeeded: byte) << Bits(8 * place)
    }
    bytes = bytes.dropFirst(count)
    return bits
  }
}
