public import Imaging

/// Finds where the largest values of a map begin, of which only some rows need be in memory at a time.
public enum LargestValues {
  /// For each share of the map's pixels, the value from which on they are the largest; above zero.
  ///
  /// Upsampling rounds, so that the pixels of a segment differ in their last bits; what differs by
  /// less than `slack` is equal, and what is closer to zero is zero.
  ///
  /// - Parameters:
  ///   - repeats: how many pixels of the picture have each value.
  ///   - forAll: hands over all of the map, some rows after others; it is asked three times.
  public static func thresholds(
    _ shares: [Double], repeats: Int = 1, forAll: ((Plane) -> Void) -> Void
  ) -> [Float] {
    var histogram = Array(repeating: 0, count: 1 << digits[0])
    let rest = 32 - digits[0]
    var largest: Float = 0
    forAll { part in
      for value in part.values where value.isFinite {
        histogram[Int(key(value) >> rest)] += 1
        largest = max(largest, abs(value))
      }
    }
    let pixels = repeats * histogram.reduce(0, +)
    let counts = shares.map { min(Int(($0 * Double(pixels)).rounded(.down)), pixels) }
    var places = counts.filter { $0 > 0 }.map { count in
      var place = Place(rank: (pixels - count) / repeats)
      place.narrow(by: histogram)
      return place
    }
    refine(&places, forAll)
    let slack = 1e-5 * largest
    var found = places.makeIterator()
    return counts.map { count in
      guard count > 0, let place = found.next() else { return .infinity }
      return max(value(place.prefix) - slack, slack, .leastNonzeroMagnitude)
    }
  }

  /// The bits of a key that are looked at in one round.
  private static let digits = [11, 11, 10]

  /// A value that is looked for, by the bits of its key that are known.
  private struct Place {
    var prefix: UInt32 = 0

    /// How many values with these bits are smaller.
    var rank: Int

    /// Adds bits, given how many values there are of each continuation.
    mutating func narrow(by histogram: [Int]) {
      var next = 0
      while rank >= histogram[next] {
        rank -= histogram[next]
        next += 1
      }
      prefix = prefix * UInt32(histogram.count) + UInt32(next)
    }
  }

  /// Finds the places' other bits.
  private static func refine(_ places: inout [Place], _ forAll: ((Plane) -> Void) -> Void) {
    var known = digits[0]
    for bits in digits.dropFirst() {
      var histograms = places.map { _ in Array(repeating: 0, count: 1 << bits) }
      let rest = 32 - known - bits
      forAll { part in
        for value in part.values where value.isFinite {
          let continued = key(value) >> rest
          for index in places.indices where continued >> bits == places[index].prefix {
            histograms[index][Int(continued) & (1 << bits - 1)] += 1
          }
        }
      }
      for index in places.indices { places[index].narrow(by: histograms[index]) }
      known += bits
    }
  }

  /// A whole number that is the larger, the larger the value.
  private static func key(_ value: Float) -> UInt32 {
    value.sign == .minus ? ~value.bitPattern : value.bitPattern | 0x8000_0000
  }

  private static func value(_ key: UInt32) -> Float {
    Float(bitPattern: key >> 31 == 1 ? key & 0x7FFF_FFFF : ~key)
  }
}
