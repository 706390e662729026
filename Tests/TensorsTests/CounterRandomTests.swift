import Testing

@testable import Tensors

@Suite struct CounterRandomTests {
  /// The vectors that the authors of Philox publish with their library (Random123, `kat_vectors`).
  struct PublishedBlock: CustomTestStringConvertible {
    let key: SIMD2<UInt32>
    let counter: SIMD4<UInt32>
    let block: SIMD4<UInt32>
    var testDescription: String { "counter \(counter)" }

    static let all = [
      PublishedBlock(
        key: SIMD2(0, 0), counter: SIMD4(0, 0, 0, 0),
        block: SIMD4(0x6627_E8D5, 0xE169_C58D, 0xBC57_AC4C, 0x9B00_DBD8)),
      PublishedBlock(
        key: SIMD2(.max, .max), counter: SIMD4(.max, .max, .max, .max),
        block: SIMD4(0x408F_276D, 0x41C8_3B0E, 0xA20B_C7C6, 0x6D54_51FD)),
      PublishedBlock(
        key: SIMD2(0xA409_3822, 0x299F_31D0),
        counter: SIMD4(0x243F_6A88, 0x85A3_08D3, 0x1319_8A2E, 0x0370_7344),
        block: SIMD4(0xD16C_FE09, 0x94FD_CCEB, 0x5001_E420, 0x2412_6EA1)),
    ]
  }

  @Test("Philox gives its authors' published blocks", arguments: PublishedBlock.all)
  func publishedBlocks(expected: PublishedBlock) {
    #expect(Philox.block(key: expected.key, counter: expected.counter) == expected.block)
  }

  @Test("A stream is the blocks of its counters, word by word")
  func streamIsBlocks() {
    var random = CounterRandom(seed: 5 << 32 | 9, 1, 2, 3)
    for position in 0..<3 as Range<UInt32> {
      let block = Philox.block(key: SIMD2(9, 5), counter: SIMD4(position, 1, 2, 3))
      for lane in 0..<4 { #expect(random.nextWord() == block[lane]) }
    }
  }

  @Test("Every seed and every counter names a stream of its own")
  func streamsDiffer() {
    var firsts = Set<UInt64>()
    for (seed, a, b, c) in [(0, 0, 0, 0), (1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1)] {
      var random = CounterRandom(seed: UInt64(seed), UInt32(a), UInt32(b), UInt32(c))
      firsts.insert(random.next())
    }
    #expect(firsts.count == 5)
  }

  @Test("Uniform numbers fill their range evenly")
  func uniformMoments() {
    var random = CounterRandom(seed: 11)
    let values = (0..<100_000).map { _ in random.uniform(-2, 4) }
    #expect(values.allSatisfy { -2 <= $0 && $0 < 4 })
    let mean = values.reduce(0.0) { $0 + Double($1) } / 1e5
    let variance = values.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / 1e5
    #expect(abs(mean - 1) < 0.03)  // standard error 0.0055
    #expect(abs(variance - 3) < 0.05)
  }

  @Test("Normal numbers have the normal distribution's first four moments and its tails")
  func normalMoments() {
    var random = CounterRandom(seed: 12, 4)
    let values = (0..<100_000).map { _ in Double(random.normal()) }
    func moment(_ power: Int) -> Double {
      values.reduce(0) { sum, value in sum + (0..<power).reduce(1.0) { p, _ in p * value } } / 1e5
    }
    #expect(abs(moment(1)) < 0.02)
    #expect(abs(moment(2) - 1) < 0.03)
    #expect(abs(moment(3)) < 0.06)
    #expect(abs(moment(4) - 3) < 0.2)
    let beyondTwo = values.count { abs($0) > 2 }
    #expect(abs(beyondTwo - 4550) < 300)
  }

  @Test("A permutation holds every number once")
  func permutation() {
    var random = CounterRandom(seed: 3)
    let order = random.permutation(of: 257)
    #expect(order.sorted() == Array(0..<257))
    #expect(order != Array(0..<257))
  }
}
