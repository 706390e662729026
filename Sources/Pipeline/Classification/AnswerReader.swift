import ModelFiles
import Networks
import Tensors
import Training

/// Makes answers of a model's logits.
struct AnswerReader: Sendable {
  private let labels: [String]
  private let probability: ClassProbability
  private let familiarity: Familiarity?
  private let inputShape: Shape

  init(_ model: ModelFile) {
    labels = (0..<model.classCount).map(model.label)
    probability = model.probability
    familiarity = model.familiarity
    inputShape = model.inputShape
  }

  /// The answer to the model's input `values`.
  func answer(_ logits: [Float], to values: [Float]) -> Result<PictureAnswer, UnusableAnswer> {
    if let odd = logits.firstIndex(where: { !$0.isFinite }) {
      return .failure(UnusableAnswer(label: labels[odd], logit: logits[odd]))
    }
    let probabilities = probability.probabilities(of: logits.map(Double.init))
    return .success(
      PictureAnswer(
        logits: logits, probabilities: probabilities, labels: labels,
        familiarity: familiarity?.judge(values, shape: inputShape, logits: logits)))
  }
}
