import Networks
import Rendering
import Training

/// What `train` says.
enum TrainMessages {
  static func beginning(_ graph: Graph, _ training: DataSet, _ validation: DataSet?) -> String {
    let held = validation.map { ", \($0.count) to validate" } ?? ""
    return "\(graph.trainableCount) parameters, \(training.classes.count) classes, "
      + "\(training.shape) pictures: \(training.count) to learn\(held)."
  }

  static func epoch(_ record: EpochRecord) -> String {
    var text = "epoch \(record.epoch): loss \(decimals(record.trainingLoss, 4))"
    text += ", accuracy \(Percentage.text(record.trainingAccuracy))"
    if let loss = record.validationLoss, let accuracy = record.validationAccuracy {
      text += "; validation loss \(decimals(loss, 4)), accuracy \(Percentage.text(accuracy))"
    }
    return text + "; \(decimals(record.seconds, 1)) s"
  }

  static func progress(_ progress: BatchProgress) -> String {
    "epoch \(progress.epoch), batch \(progress.batch) of \(progress.batches): "
      + "loss \(decimals(progress.loss, 4)), accuracy \(Percentage.text(progress.accuracy)), "
      + "\(Int(progress.imagesPerSecond)) images/s, \(Int(progress.secondsLeft.rounded(.up))) s left"
  }

  static func skipped(_ file: SkippedFile) -> String {
    let reason = (file.reason as? any DescribedError)?.sentence ?? "\(file.path): \(file.reason)"
    return reason + " Skipped."
  }

  static func resumed(after epochs: Int) -> String {
    "Going on after \(counted(epochs, "epoch"))."
  }

  static func written(_ path: String) -> String { "\(path) written." }
}

extension EpochRecord {
  /// One line of JSON. A run that diverges has losses that are no numbers.
  var json: String {
    JSONText.object([
      ("epoch", "\(epoch)"), ("learning_rate", JSONText.number(learningRate)),
      ("training_loss", JSONText.number(trainingLoss)),
      ("training_accuracy", JSONText.number(trainingAccuracy)),
      ("validation_loss", validationLoss.map { JSONText.number($0) } ?? "null"),
      ("validation_accuracy", validationAccuracy.map { JSONText.number($0) } ?? "null"),
      ("seconds", JSONText.number(seconds)),
    ])
  }
}

/// The text of an architecture and what is wrong with it.
struct LayersError: DescribedError, Equatable {
  let text: String
  let error: ArchitectureError

  var sentence: String {
    switch error {
    case .empty:
      "--layers is empty. Name a preset or layers, such as 'conv 16 5x5, relu, dense classes'."
    case .unknownWord(let word, let range, let candidates):
      "--layers: '\(word)' is no word for a layer here." + suggestion(word, candidates)
        + mark(range)
    case .missingNumber(let word, let range):
      "--layers: a number is missing after '\(word)'." + mark(range)
    case .badNumber(let found, let range, let expected):
      "--layers: '\(found)' should be a number from \(plain(expected.lowerBound)) to "
        + "\(plain(expected.upperBound))." + mark(range)
    case .badKernel(let found, let range):
      "--layers: '\(found)' should be a size such as 3x3." + mark(range)
    case .unclosedParenthesis(let range):
      "--layers: residual needs its layers in parentheses, opened and closed." + mark(range)
    case .unopenedParenthesis(let range):
      "--layers: this parenthesis closes nothing." + mark(range)
    case .impossible(_, let range, let error):
      "--layers: this layer cannot take what comes before it: \(error.words)."
        + mark(range)
    case .residualSize(let range, let input, let output):
      "--layers: the layers in residual(…) make \(axes(output)) of \(axes(input)), which cannot "
        + "be added." + mark(range)
    case .wrongOutput(let range, let found, let classes):
      "--layers: the last layer gives \(axes(found)) numbers, but there are \(classes) classes. "
        + "End with 'dense classes'." + mark(range)
    }
  }

  /// The text again with the place between marks.
  private func mark(_ range: Range<Int>) -> String {
    let characters = Array(text)
    let (start, end) = (
      min(range.lowerBound, characters.count), min(range.upperBound, characters.count)
    )
    return " In: " + String(characters[..<start]) + ">>" + String(characters[start..<end]) + "<<"
      + String(characters[end...])
  }

  private func suggestion(_ word: String, _ candidates: [String]) -> String {
    if let nearest = EditDistance.nearest(to: word, among: candidates) {
      return " Did you mean '\(nearest)'?"
    }
    return candidates.isEmpty
      ? " A comma may be missing." : " There are \(candidates.joined(separator: ", "))."
  }

  private func axes(_ lengths: [Int]) -> String {
    lengths.map(String.init).joined(separator: "x")
  }

  private func plain(_ number: Double) -> String {
    Int(exactly: number).map(String.init) ?? "\(number)"
  }
}

/// Why `--resume` cannot go on.
struct ResumeError: DescribedError {
  let path: String
  let error: CheckpointError

  var sentence: String {
    switch error {
    case .notACheckpoint: "\(path): this is not a checkpoint of whylight."
    case .damaged: "\(path): the checkpoint is damaged. Train again without --resume."
    case .otherNetwork:
      "\(path): the checkpoint belongs to another network. Give the same --layers and --data."
    case .otherSettings(let found, let expected):
      "\(path): the checkpoint was made with other settings"
        + (ResumedSettings.differences(found, expected).map { ": \($0)" } ?? "")
        + ". Give the same ones, or train anew without --resume."
    }
  }
}
