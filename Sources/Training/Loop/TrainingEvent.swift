/// What a run tells about itself while it goes on.
public enum TrainingEvent: Sendable {
  case epochBegan(epoch: Int, of: Int)
  case batchEnded(BatchProgress)
  case epochEnded(EpochRecord)
}

/// Where a run is within an epoch; loss and accuracy are those of the epoch so far.
public struct BatchProgress: Sendable {
  public let epoch: Int
  public let batch: Int
  public let batches: Int
  public let loss: Double
  public let accuracy: Double
  public let imagesPerSecond: Double

  /// Until the last epoch's end, if none ends the run early.
  public let secondsLeft: Double
}

/// What an epoch came to. Training figures are those of the batches while they were learned from,
/// augmented; validation figures those of the result so far.
public struct EpochRecord: Sendable, Equatable {
  /// From 1 on.
  public var epoch: Int
  public var learningRate: Float
  public var trainingLoss: Double
  public var trainingAccuracy: Double
  public var validationLoss: Double?
  public var validationAccuracy: Double?
  public var seconds: Double

  /// The columns of ``csv``.
  public static let csvHeading =
    "epoch,learning_rate,training_loss,training_accuracy,validation_loss,validation_accuracy,seconds"

  public var csv: String {
    "\(epoch),\(learningRate),\(trainingLoss),\(trainingAccuracy),"
      + "\(validationLoss.map { "\($0)" } ?? ""),\(validationAccuracy.map { "\($0)" } ?? ""),"
      + "\(seconds)"
  }
}
