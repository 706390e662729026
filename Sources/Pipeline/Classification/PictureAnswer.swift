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
    guard inputShape.rank == 3, let text = information.trainingRecord,
      let familiarity = JSONValue(text)?["familiar"].flatMap(Familiarity.init),
      familiarity.isComplete
    else { return nil }
    return familiarity
  }
}

extension Familiarity {
  /// Reads what ``json`` says.
  init?(_ value: JSONValue) {
    func numbers(_ name: String) -> [Double]? {
      guard let list = value[name]?.list else { return nil }
      let numbers = list.compactMap(\.number)
      return numbers.count == list.count ? numbers : nil
    }
    guard case .number(let logit)? = value["logit"], let logit = Float(logit),
      let distance = value["distance"]?.number, let mean = numbers("mean"),
      let factor = numbers("factor")
    else { return nil }
    self.init(logit: logit, distance: distance, mean: mean, factor: factor)
  }
}
