import FoundationEssentials
public import ModelFiles
import Tensors
public import Training

/// What a model says of one picture.
public struct PictureAnswer: Sendable {
  /// The classes, the likeliest first.
  public let predictions: [Prediction]

  /// How the picture compares with those that the model learned from, if the model's file says what
  /// those were like.
  public let familiarity: Familiarity.Judgement?

  /// Whether the picture is unlike what the model learned from: it looks different, or no class
  /// stands out as it does with ordinary pictures. Nothing if the model's file does not say.
  public var isUnlikeTraining: Bool? {
    familiarity.map { $0.looksDifferent || $0.isAnsweredWeakly }
  }

  public struct Prediction: Sendable {
    public let index: Int
    public let label: String
    public let logit: Float
    public let probability: Double
  }

  init(
    logits: [Float], probabilities: [Double], labels: [String],
    familiarity: Familiarity.Judgement?
  ) {
    self.familiarity = familiarity
    predictions = logits.indices.map { k in
      Prediction(index: k, label: labels[k], logit: logits[k], probability: probabilities[k])
    }.sorted { ($1.logit, $0.index) < ($0.logit, $1.index) }
  }
}

extension ModelFile {
  /// What ordinary pictures are like to the model, which training leaves in its record.
  public var familiarity: Familiarity? {
    struct Record: Decodable { let familiar: Familiarity? }
    guard inputShape.rank == 3, let text = information.trainingRecord,
      let record = try? JSONDecoder().decode(Record.self, from: Data(text.utf8)),
      let familiarity = record.familiar, familiarity.isComplete
    else { return nil }
    return familiarity
  }
}
