import Tensors

/// Which segments are on in which samples: one bit for each, those of sixteen samples side by side.
struct SampleMasks: Sendable, Equatable {
  let segments: Int
  private(set) var count = 0

  /// Bits by group of sixteen samples, then by segment; bit `l` is the sample in lane `l`.
  private var bits: [UInt16] = []

  init(segments: Int) { self.segments = segments }

  /// Masks as rows of zeros and ones, one for each sample.
  init(segments: Int, rows: [[Bool]]) {
    self.init(segments: segments)
    for row in rows {
      precondition(row.count == segments, "a mask of \(row.count) for \(segments) segments")
      append { row[$0] }
    }
  }

  /// Masks by their numbers: bit `s` says whether segment `s` is on.
  init(segments: Int, numbers: Range<Int>) {
    self.init(segments: segments)
    for number in numbers { append { number >> $0 & 1 == 1 } }
  }

  /// Adds a sample; lanes of a group without a sample have everything on.
  mutating func append(_ isOn: (_ segment: Int) -> Bool) {
    let lane = UInt16(count % laneCount)
    if lane == 0 { bits.append(contentsOf: repeatElement(.max, count: segments)) }
    let start = bits.count - segments
    for segment in 0..<segments where !isOn(segment) { bits[start + segment] &= ~(1 << lane) }
    count += 1
  }

  /// Adds the samples of other masks of the same segments.
  mutating func append(_ other: SampleMasks) {
    for sample in 0..<other.count { append { other[sample, $0] } }
  }

  subscript(sample: Int, segment: Int) -> Bool {
    bits[sample / laneCount * segments + segment] >> UInt16(sample % laneCount) & 1 == 1
  }

  /// The segments that are on in a sample.
  func active(in sample: Int) -> [Int] {
    let start = sample / laneCount * segments
    let lane = UInt16(sample % laneCount)
    return (0..<segments).filter { bits[start + $0] >> lane & 1 == 1 }
  }

  /// Which of at most 64 segments are on in a sample, a bit for each.
  func word(of sample: Int, _ segments: [Int]) -> UInt64 {
    let start = sample / laneCount * self.segments
    let lane = UInt16(sample % laneCount)
    var word: UInt64 = 0
    for segment in segments { word = word << 1 | UInt64(bits[start + segment] >> lane & 1) }
    return word
  }

  /// Some of the samples.
  func selecting(_ samples: [Int]) -> SampleMasks {
    if samples.count == count { return self }
    var selected = SampleMasks(segments: segments)
    for sample in samples { selected.append { self[sample, $0] } }
    return selected
  }

  /// The same samples of more segments: segment `places[s]` is on where `s` was, the others always.
  func widened(to count: Int, at places: [Int]) -> SampleMasks {
    if places.count == count { return self }
    var origin = [Int?](repeating: nil, count: count)
    for (segment, place) in places.enumerated() { origin[place] = segment }
    var widened = SampleMasks(segments: count)
    for sample in 0..<self.count {
      widened.append { place in origin[place].map { self[sample, $0] } ?? true }
    }
    return widened
  }

  var groupCount: Int { (count + laneCount - 1) / laneCount }

  /// For each segment, which lanes of a group have it on: all bits, or none.
  func lanes(ofGroup group: Int) -> [SIMD16<Int32>] {
    let shifts = SIMD16<Int32>(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
    return bits[group * segments..<(group + 1) * segments].map { bits in
      0 &- ((SIMD16<Int32>(repeating: Int32(bits)) &>> shifts) & 1)
    }
  }
}
