import Attribution
import Networks
import Rendering

extension ExplanationRecord {
  /// What every line begins with.
  static let opening = "{\"path\": \""

  /// One line of JSON, without the line's end.
  public var json: String {
    switch outcome {
    case .explained(let record):
      JSONText.object([
        ("path", JSONText.string(path)), ("status", "\"ok\""),
        ("predictions", JSONText.list(record.predictions.map(\.json))),
        ("unlike_training", record.isUnlikeTraining.map { "\($0)" } ?? "null"),
        ("target", record.target.json), ("model", record.model.json),
        ("width", "\(record.width)"), ("height", "\(record.height)"),
        ("maps", JSONText.list(record.maps.map { $0.json() })),
        ("report_files", record.reportFiles.map(JSONText.string)),
      ])
    case .failed(let reason):
      JSONText.object([
        ("path", JSONText.string(path)), ("status", "\"failed\""),
        ("error", JSONText.string(reason)),
      ])
    }
  }
}

extension PictureAnswer.Prediction {
  /// As an object of JSON.
  public var json: String {
    JSONText.object([
      ("index", "\(index)"), ("label", JSONText.string(label)),
      ("logit", JSONText.number(logit)), ("probability", JSONText.number(probability)),
    ])
  }
}

extension TargetRecord {
  var json: String {
    switch target {
    case .logit(let index):
      JSONText.object([
        ("kind", "\"logit\""), ("index", "\(index)"), ("label", JSONText.string(labels[0])),
        ("score", JSONText.number(score)),
      ])
    case .probability(let index, let kind):
      JSONText.object([
        ("kind", "\"probability\""), ("activation", JSONText.string(kind.rawValue)),
        ("index", "\(index)"), ("label", JSONText.string(labels[0])),
        ("score", JSONText.number(score)),
      ])
    case .contrast(let this, let that):
      JSONText.object([
        ("kind", "\"contrast\""), ("index", "\(this)"), ("label", JSONText.string(labels[0])),
        ("against_index", "\(that)"), ("against_label", JSONText.string(labels[1])),
        ("score", JSONText.number(score)),
      ])
    }
  }
}

extension ModelRecord {
  var json: String {
    JSONText.object([("file", JSONText.string(file)), ("sha256", JSONText.string(sha256))])
  }
}

extension MapRecord {
  /// - Parameters:
  ///   - model: for a picture's own text, the model, which is not named around it there; such a text
  ///     is the same however long it took and whatever else was written.
  ///   - isUnlikeTraining: for a picture's own text, what the model holds of the picture.
  func json(
    insidePictureBy model: ModelRecord? = nil, isUnlikeTraining: Bool? = nil
  ) -> String {
    var members: [(key: String, value: String?)] = [
      ("method", JSONText.string(method)),
      ("settings", JSONText.object(settings.map { ($0.name, $0.value.json) })),
      ("seed", "\(seed)"), ("target", target.json),
    ]
    if let model {
      members += [
        ("model", model.json), ("unlike_training", isUnlikeTraining.map { "\($0)" } ?? "null"),
      ]
    } else {
      members += MapProduct.allCases.map { product in
        (product.rawValue, files[product].map(JSONText.string))
      }
    }
    members += [
      ("sum", JSONText.number(sum)), ("expected", expected.map { JSONText.number($0) } ?? "null"),
      ("residual", residual.map { JSONText.number($0) } ?? "null"),
    ]
    members += drawing?.members ?? []
    members += [
      ("flat", "\(isFlat)"),
      ("forward_evaluations", "\(forwardEvaluations)"),
      ("backward_evaluations", "\(backwardEvaluations)"),
      (
        "measurements",
        measurements.isEmpty
          ? nil : JSONText.object(measurements.map { ($0.name, JSONText.number($0.value)) })
      ),
      ("segments", segments.map { JSONText.list($0.map(\.json)) }),
    ]
    if model == nil { members.append(("seconds", JSONText.number(seconds))) }
    return JSONText.object(members)
  }
}

extension DrawingRecord {
  fileprivate var members: [(key: String, value: String?)] {
    [
      ("scale", JSONText.number(scale)), ("scale_of", JSONText.string(source.rawValue)),
      ("clip", clip.map { JSONText.number($0) } ?? "null"),
      ("colormap", JSONText.string(colorMap)), ("signed", "\(isSigned)"),
      ("leaves_out_uncertain", leavesOutUncertain ? "true" : nil),
    ]
  }
}

extension AttributionRecord.SegmentValue {
  fileprivate var json: String {
    JSONText.object([
      ("segment", "\(segment)"), ("pixels", "\(pixels)"), ("value", JSONText.number(value)),
      ("standard_error", standardError.map { JSONText.number($0) }),
    ])
  }
}

extension SettingValue {
  fileprivate var json: String {
    switch self {
    case .flag(let value): "\(value)"
    case .integer(let value): "\(value)"
    case .number(let value): JSONText.number(value)
    case .word(let value): JSONText.string(value)
    }
  }
}
