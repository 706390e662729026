/// How fast something ran, and how near that is to what the machine can do.
public struct Throughput: Sendable {
  public let images: Int
  public let seconds: Double

  /// Passes of one sample, forward and backward counted alike.
  public let evaluations: Int

  /// The multiplications and additions of those passes by the layers' definitions. Methods that
  /// multiply less get the credit: the fraction may exceed one.
  public let operations: Double

  /// What a loop of nothing but fused multiply-adds reached on all threads in the same process.
  public let peakOperationsPerSecond: Double

  public init(
    images: Int, seconds: Double, evaluations: Int, operations: Double,
    peakOperationsPerSecond: Double
  ) {
    self.images = images
    self.seconds = seconds
    self.evaluations = evaluations
    self.operations = operations
    self.peakOperationsPerSecond = peakOperationsPerSecond
  }

  public var imagesPerSecond: Double { Double(images) / seconds }
  public var evaluationsPerSecond: Double { Double(evaluations) / seconds }
  public var operationsPerSecond: Double { operations / seconds }
  public var fractionOfPeak: Double { operationsPerSecond / peakOperationsPerSecond }
}
