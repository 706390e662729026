import Attribution
import Rendering

/// What a panel says in words.
struct PanelWords {
  let title: String
  let notes: [String]

  init(_ record: MapRecord, _ explanation: Explanation, path: String) {
    let top = explanation.answer.predictions[0]
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let doubt = explanation.answer.isUnlikeTraining == true ? ", unlike the training data" : ""
    title = "\(name): \(top.label) (\(Percentage.text(top.probability))\(doubt))"
    let settings = record.settings.map { "\($0.name) \($0.value)" }.joined(separator: ", ")
    var notes = [
      record.method + (settings.isEmpty ? "" : " with " + settings) + ", seed \(record.seed)",
      "explains " + record.target.words,
    ]
    if record.isFlat {
      notes.append("The map is flat: it has the same value everywhere, and nothing is drawn.")
    } else {
      var sum = "The map adds up to \(ShortNumber.text(record.sum))"
      if let expected = record.expected, let residual = record.residual {
        sum +=
          ", expected \(ShortNumber.text(expected)), residual \(ShortNumber.text(residual))"
      }
      notes.append(sum + ".")
    }
    self.notes = notes
  }
}

extension TargetRecord {
  /// The explained score, as words after "explains".
  fileprivate var words: String {
    switch target {
    case .logit: "the logit of \(labels[0]): \(ShortNumber.text(score))"
    case .probability: "the probability of \(labels[0]): \(ShortNumber.text(score))"
    case .contrast:
      "why \(labels[0]) and not \(labels[1]), the difference of their logits: "
        + ShortNumber.text(score)
    }
  }
}
