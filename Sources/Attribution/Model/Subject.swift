/// One input and the score of it that is to be explained.
public struct Subject: Sendable {
  /// The input as the model eats it, in the order of the model's input shape.
  public let values: [Float]
  public let target: Target

  /// What random numbers for this input start from, besides the seed and the method. It follows
  /// from the values, so that an image gets the same draws wherever in a folder it stands.
  public let key: UInt64

  public init(values: [Float], target: Target) {
    self.values = values
    self.target = target
    key = Self.fingerprint(values)
  }

  /// FNV-1a over the bit patterns.
  private static func fingerprint(_ values: [Float]) -> UInt64 {
    values.reduce(0xcbf2_9ce4_8422_2325) { hash, value in
      (hash ^ UInt64(value.bitPattern)) &* 0x0000_0100_0000_01b3
    }
  }
}
