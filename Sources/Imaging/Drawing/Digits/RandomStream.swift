/// Random numbers that are a function of where they are asked for: the same key gives the same
/// stream, whatever was drawn before.
///
/// The generator is SplitMix64 (Steele, Lea and Flood 2014); keys are mixed with its finaliser.
struct RandomStream {
  private var state: UInt64

  init(key: UInt64...) {
    state = key.reduce(0) { Self.mixed(($0 &+ Self.increment) ^ Self.mixed($1 &+ Self.increment)) }
  }

  private static let increment: UInt64 = 0x9E37_79B9_7F4A_7C15

  private static func mixed(_ value: UInt64) -> UInt64 {
    var bits = value
    bits = (bits ^ bits >> 30) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
    return bits ^ bits >> 31
  }

  /// Evenly spread over [0, 1), in steps of 2^-53.
  mutating func unit() -> Double {
    state &+= Self.increment
    return Double(Self.mixed(state) >> 11) * 0x1p-53
  }

  mutating func number(in range: ClosedRange<Double>) -> Double {
    range.lowerBound + (range.upperBound - range.lowerBound) * unit()
  }

  /// A bell curve of mean 0 and standard deviation 1 that ends at ±3: the sum of four even numbers,
  /// which needs no logarithm and so is the same on every machine.
  mutating func bell() -> Double {
    (unit() + unit() + unit() + unit() - 2) * 1.7320508075688772
  }

  mutating func chance(_ probability: Double) -> Bool { unit() < probability }

  mutating func choice<Element>(_ elements: [Element]) -> Element {
    elements[Int(unit() * Double(elements.count))]
  }
}
