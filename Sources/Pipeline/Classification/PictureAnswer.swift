import FoundationEssentials
public import ModelFiles

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// What a model says of one picture.
public struct PictureAnswer: Sendable {
  /// The classes, the likeliest first.
  public let predictions: [Prediction]

  /// Whether the picture is unlike what the model learned from: its largest logit is below that of
  /// all but 1 in 200 of the pictures held out in training. Nothing if the model's file does not say.
  public let isUnlikeTraining: Bool?

  public struct Prediction: Sendable {
    public let index: Int
    public let label: String
    public let logit: Float
    public let probability: Double
  }

  init(
    logits: [Float], labels: [String], activation: OutputActivation, typicalLogit: Float?
  ) {
    let largest = logits.max() ?? 0
    let probabilities = Self.probabilities(logits, activation)
    predictions = logits.indices.map { k in
      Prediction(index: k, label: labels[k], logit: logits[k], probability: probabilities[k])
    }.sorted { ($1.logit, $0.index) < ($0.logit, $1.index) }
    isUnlikeTraining = typicalLogit.map { largest < $0 }
  }

  /// A softmax, unless the model says each class for itself, as those of one logit always do.
  private static func probabilities(
    _ logits: [Float], _ activation: OutputActivation
  ) -> [Double] {
    if activation == .sigmoid || logits.count == 1 {
      return logits.map { 1 / (1 + exp(-Double($0))) }
    }
    let largest = logits.max() ?? 0
    let exponentials = logits.map { exp(Double($0 - largest)) }
    let sum = exponentials.reduce(0, +)
    return exponentials.map { $0 / sum }
  }
}

extension ModelInformation {
  /// The smallest largest logit of ordinary pictures, which training leaves in its record.
  public var typicalLogit: Float? {
    struct Record: Decodable { let typicalLogit: Float? }
    guard let trainingRecord else { return nil }
    return try? JSONDecoder().decode(Record.self, from: Data(trainingRecord.utf8)).typicalLogit
  }
}
