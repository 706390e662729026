import Attribution
import Imaging
import Paths
import Rendering

/// What a panel says in words.
struct PanelWords {
  /// The file's name.
  let name: String

  /// What the model says of it.
  let answer: String
  let notes: [String]

  init(_ record: MapRecord, _ explanation: Explanation, path: String) {
    let top = explanation.answer.predictions[0]
    name = path.lastPathStep
    let doubt = explanation.answer.isUnlikeTraining == true ? ", unlike the training data" : ""
    answer = "\(Self.readable(top.label, top.index)) (\(Percentage.text(top.probability))\(doubt))"
    let settings = record.settings.map { "\($0.name) \($0.value)" }.joined(separator: ", ")
    var notes = [
      record.method + (settings.isEmpty ? "" : " with " + settings) + ", seed \(record.seed)",
      "explains " + record.target.words,
    ]
    if !record.isFlat, let words = record.sumWords { notes.append(words) }
    switch record.reach {
    case .upTo:
      if let drawing = record.drawing {
        notes.append(drawing.words)
        if drawing.leavesOutUncertain {
          notes.append("Parts whose 95 % interval holds zero are left without colour.")
        }
      }
    case .nowhere(.flat):
      notes.append("The map is flat: it has the same value everywhere, and nothing is drawn.")
    case .nowhere(.nothingCertain):
      notes.append(
        "Nothing is certain: every part's 95 % interval holds zero, and nothing is drawn.")
    case .nowhere(.zero):
      notes.append(
        "Summed over the channels the map is zero in every pixel, and nothing is drawn.")
    }
    self.notes = notes
  }

  /// A class's label, with its number where some of its characters would be boxes.
  fileprivate static func readable(_ label: String, _ index: Int) -> String {
    Canvas.canWrite(label) ? label : "\(label) (class \(index))"
  }
}

extension MapRecord {
  /// What the map adds up to, if its method promises something about it, and how it keeps that.
  fileprivate var sumWords: String? {
    guard let expected else { return nil }
    var words =
      "The map adds up to \(ShortNumber.text(sum)), expected are \(ShortNumber.text(expected)): "
      + (sum > expected
        ? "\(ShortNumber.text(sum - expected)) too much"
        : "\(ShortNumber.text(expected - sum)) is missing")
    if let estimatedError {
      words += "; its estimated error is \(Percentage.text(estimatedError))"
    }
    return words + "."
  }
}

extension TargetRecord {
  /// The explained score, as words after "explains".
  fileprivate var words: String {
    let labels = zip(labels, target.classes).map(PanelWords.readable)
    return switch target {
    case .logit: "the logit of \(labels[0]): \(ShortNumber.text(score))"
    case .probability: "the probability of \(labels[0]): \(ShortNumber.text(score))"
    case .contrast:
      "why \(labels[0]) and not \(labels[1]), the difference of their logits: "
        + ShortNumber.text(score)
    }
  }
}
