import Imaging
import TestSupport
import Testing

/// Twenty thousand files that were once pictures: each must end decoded or in an error, strictly
/// and leniently. Run them under the address sanitizer to see more than crashes.
@Suite struct MutationTests {
  @Test("Mutated files end decoded or in an error", arguments: [".png", ".jpg"])
  func mutatedFilesEnd(suffix: String) throws {
    let names = try Fixtures.names(in: "formats").filter { $0.hasSuffix(suffix) }
    let seeds = try names.map { [UInt8](try Fixtures.data("formats/" + $0)) }
    var random = SplitMix64(state: 20_260_101)
    var decoded = 0
    var failed = 0
    for round in 0..<10_000 {
      let file = mutated(seeds[round % seeds.count], &random)
      let limits = ImageLimits(pixels: 1 << 20, bytes: 1 << 24)
      for isLenient in [false, true] {
        do {
          let options = ImageDecoder.Options(limits: limits, isLenient: isLenient)
          _ = try ImageDecoder.decode(file, options: options)
          decoded += 1
        } catch {
          failed += 1
        }
      }
    }
    #expect(decoded + failed == 20_000)
    // Mutations that leave every file whole, or none, would try nothing.
    #expect(decoded > 1000 && failed > 1000)
  }

  /// Changes bytes, and may cut, repeat or drop a stretch. Half of the PNGs get right check sums
  /// again: libpng would look no further.
  private func mutated(_ file: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
    var bytes = file
    for _ in 0..<Int.random(in: 1...6, using: &random) where bytes.count > 4 {
      let place = Int.random(in: 2..<bytes.count, using: &random)
      let length = min(Int.random(in: 1...40, using: &random), bytes.count - place)
      switch Int.random(in: 0..<8, using: &random) {
      case 0: bytes[place] ^= 1 << UInt8.random(in: 0...7, using: &random)
      case 1: bytes[place] = [0, 1, 0x7F, 0x80, 0xFF].randomElement(using: &random)!
      case 2: bytes.removeSubrange(place..<place + length)
      case 3: bytes.insert(contentsOf: bytes[place..<place + length], at: place)
      case 4 where Int.random(in: 0..<4, using: &random) == 0: bytes.removeSubrange(place...)
      default: bytes[place] = UInt8.random(in: .min ... .max, using: &random)
      }
    }
    if Bool.random(using: &random) { repairCheckSums(&bytes) }
    return bytes
  }

  private func repairCheckSums(_ bytes: inout [UInt8]) {
    guard bytes.starts(with: [0x89, 0x50]) else { return }
    var place = 8
    while place + 12 <= bytes.count {
      let length = (0..<4).reduce(0) { $0 << 8 | Int(bytes[place + $1]) }
      let end = place + 8 + length
      guard end + 4 <= bytes.count else { return }
      let sum = checkSum(bytes[place + 4..<end])
      for index in 0..<4 { bytes[end + index] = UInt8(truncatingIfNeeded: sum >> (24 - 8 * index)) }
      place = end + 4
    }
  }

  /// PNG's CRC-32, bit by bit.
  private func checkSum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    ~bytes.reduce(UInt32.max) { sum, byte in
      (0..<8).reduce(sum ^ UInt32(byte)) { value, _ in
        value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1
      }
    }
  }
}

/// Steele, Lea and Flood 2014: the same numbers at every run.
private struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}
