public import Imaging
public import Testing

extension Image {
  /// The samples of a picture of eight bits; a picture of sixteen fails the test.
  public func eightBitSamples(
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> [UInt8] {
    let samples: [UInt8]? =
      switch samples {
      case .eight(let values): values
      case .sixteen: nil
      }
    return try #require(samples, "not eight bits", sourceLocation: sourceLocation)
  }
}
