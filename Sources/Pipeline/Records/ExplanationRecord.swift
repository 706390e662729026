public import Attribution
import Rendering

/// A line of `results.jsonl`: what became of one picture.
public struct ExplanationRecord: Sendable {
  public var path: String
  public var outcome: Outcome

  public enum Outcome: Sendable {
    case explained(ExplainedRecord)

    /// With the reason in words.
    case failed(String)
  }

  public init(path: String, outcome: Outcome) {
    self.path = path
    self.outcome = outcome
  }
}

/// What is recorded of a picture that was explained.
public struct ExplainedRecord: Sendable {
  /// The likeliest classes first.
  public var predictions: [PictureAnswer.Prediction]
  public var isUnlikeTraining: Bool?
  public var target: TargetRecord
  public var model: ModelRecord

  /// The picture's own size, upright.
  public var width: Int
  public var height: Int
  public var maps: [MapRecord]

  /// What begins the names of the files that the page shows of it; nothing without a page.
  public var reportFiles: String?
}

/// The explained score.
public struct TargetRecord: Sendable, Hashable {
  public var target: Target

  /// The labels of its classes.
  public var labels: [String]
  public var score: Double
}

/// Which model answered.
public struct ModelRecord: Sendable, Hashable {
  public var file: String
  public var sha256: String

  public init(file: String, sha256: String) {
    self.file = file
    self.sha256 = sha256
  }
}

/// What is recorded of a map, all but the map itself.
public struct MapRecord: Sendable {
  public var method: String
  public var settings: [AttributionRecord.Setting]
  public var seed: UInt64
  public var target: TargetRecord
  public var files: [MapProduct: String]
  public var sum: Double
  public var expected: Double?
  public var residual: Double?

  /// Nothing in records that do not say it.
  public var drawing: DrawingRecord?

  /// Whether the map has the same value everywhere, so that nothing was drawn.
  public var isFlat: Bool
  public var forwardEvaluations: Int
  public var backwardEvaluations: Int
  public var measurements: [AttributionRecord.Measurement]
  public var segments: [AttributionRecord.SegmentValue]?
  public var seconds: Double
}

extension MapRecord {
  /// How far its colours reach; nowhere also where the record does not say how it was drawn.
  var reach: ColorReach {
    ColorReach(
      drawing?.scale ?? 0, isFlat: isFlat,
      leavesOutUncertain: drawing?.leavesOutUncertain ?? false)
  }

  var hasColors: Bool {
    switch reach {
    case .upTo: true
    case .nowhere: false
    }
  }

  /// The estimated relative L1 error of the map, where ``residual`` is that: integrated gradients to
  /// a tolerance. Of all other methods it is what the sum has too much.
  public var estimatedError: Double? {
    measurements.contains { $0.name == "within-tolerance" } ? residual : nil
  }

  init(_ map: ExplainedMap, labels: (Int) -> String, drawing: DrawingRecord?) {
    let attribution = map.attribution
    let record = attribution.record
    method = record.method
    settings = record.settings
    seed = record.seed
    target = TargetRecord(
      target: record.target, labels: record.target.classes.map(labels), score: map.score)
    files = [:]
    sum = attribution.sum
    expected = record.expected
    residual = record.residual ?? record.expected.map { attribution.sum - $0 }
    self.drawing = drawing
    isFlat = attribution.isFlat
    forwardEvaluations = record.forwardEvaluations
    backwardEvaluations = record.backwardEvaluations
    measurements = record.measurements
    segments = record.segments
    seconds = map.seconds
  }
}
