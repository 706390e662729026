import Rendering
import Training

/// Why a model cannot be measured.
enum EvaluationProblem: DescribedError {
  /// So many samples have logits that are no finite numbers.
  case notFinite(Int, of: Int)

  /// The model's classes do not exclude each other.
  case severalAnswers

  var sentence: String {
    switch self {
    case .notFinite(let unusable, let count):
      "\(unusable) of \(count) samples have logits that are not finite, so nothing can be measured. "
        + "Check the model's weights (`whylight inspect`), and what pictures become (--input-range, "
        + "--mean, --std)."
    case .severalAnswers:
      "The model ends in a sigmoid, so that any number of its classes may be on a picture; evaluate "
        + "measures models whose classes exclude each other. `whylight classify --json` prints the "
        + "probability of every class."
    }
  }
}

/// What `evaluate` says.
enum EvaluateMessages {
  static func lines(_ evaluation: Evaluation, data: DataSet) -> [String] {
    var lines = figures(evaluation) + [""] + classes(evaluation) + [""]
    lines.append("confusion (a row for each label, a column for each answer)")
    lines +=
      evaluation.classes.count <= 30
      ? confusion(evaluation)
      : ["  too wide for text with \(evaluation.classes.count) classes; see --json"]
    if !evaluation.mistakes.isEmpty { lines += ["", "most confident mistakes"] }
    for mistake in evaluation.mistakes.prefix(10) {
      let name = data.path(of: mistake.sample) ?? "sample \(mistake.sample)"
      lines.append(
        "  \(name): \(evaluation.classes[mistake.label]) taken for "
          + "\(evaluation.classes[mistake.answer]) with \(Percentage.text(mistake.probability))")
    }
    return lines
  }

  static func written(_ path: String) -> String { "\(path) written." }

  private static func figures(_ evaluation: Evaluation) -> [String] {
    let interval = evaluation.accuracyInterval
    var table = TextTable([.left("", most: 40), .left("", most: 200)])
    table.add([
      "accuracy",
      "\(Percentage.text(evaluation.accuracy)) (\(evaluation.rightCount) of \(evaluation.count); "
        + "95 % interval \(Percentage.text(interval.lowerBound)) to "
        + "\(Percentage.text(interval.upperBound)))",
    ])
    table.add(["loss", decimals(evaluation.loss, 5)])
    table.add(["calibration error", decimals(evaluation.calibration.expectedError, 5)])
    for (k, count) in evaluation.topCounts.enumerated().dropFirst() {
      let share = Double(count) / Double(max(1, evaluation.count))
      table.add(["within top \(k + 1)", Percentage.text(share)])
    }
    return table.lines
  }

  private static func classes(_ evaluation: Evaluation) -> [String] {
    var table = TextTable([
      .left("class", most: 40), .right("precision"), .right("recall"), .right("F1"),
      .right("count"),
    ])
    for (k, name) in evaluation.classes.enumerated() {
      let shares = [evaluation.precision(k), evaluation.recall(k), evaluation.f1(k)]
      table.add(
        [name] + shares.map { $0.map(Percentage.text) ?? "-" }
          + ["\(evaluation.confusion[k].reduce(0, +))"])
    }
    return table.lines
  }

  private static func confusion(_ evaluation: Evaluation) -> [String] {
    var table = TextTable(
      [.left("", most: 12)] + evaluation.classes.map { .right($0, most: 7) })
    for (name, row) in zip(evaluation.classes, evaluation.confusion) {
      table.add([name] + row.map(String.init))
    }
    return table.lines
  }
}

extension Evaluation {
  /// All figures as one line of JSON; mistakes with the file they came from, if they have one.
  func json(naming data: DataSet) -> String {
    func whole(_ values: [Int]) -> String { JSONText.list(values.map { "\($0)" }) }
    func number(_ value: Double?) -> String { value.map(JSONText.number) ?? "null" }
    let perClass = classes.indices.map { k in
      JSONText.object([
        ("label", JSONText.string(classes[k])), ("precision", number(precision(k))),
        ("recall", number(recall(k))), ("f1", number(f1(k))),
      ])
    }
    let bins = calibration.bins.map { bin in
      JSONText.object([
        ("lower", number(bin.lower)), ("upper", number(bin.upper)), ("count", "\(bin.count)"),
        ("confidence", number(bin.confidence)), ("accuracy", number(bin.accuracy)),
      ])
    }
    let wrong = mistakes.prefix(100).map { mistake in
      JSONText.object([
        ("sample", "\(mistake.sample)"), ("label", "\(mistake.label)"),
        ("answer", "\(mistake.answer)"), ("probability", number(mistake.probability)),
        ("path", data.path(of: mistake.sample).map(JSONText.string) ?? "null"),
      ])
    }
    let interval = accuracyInterval
    return JSONText.object([
      ("count", "\(count)"), ("right", "\(rightCount)"), ("accuracy", number(accuracy)),
      ("interval", JSONText.list([interval.lowerBound, interval.upperBound].map(number))),
      ("loss", number(loss)), ("top", whole(topCounts)),
      ("calibration_error", number(calibration.expectedError)), ("bins", JSONText.list(bins)),
      ("classes", JSONText.list(perClass)), ("confusion", JSONText.list(confusion.map(whole))),
      ("mistakes", JSONText.list(wrong)),
    ])
  }
}
