import Attribution
import Networks

extension ExplanationRecord {
  /// Reads a line of `results.jsonl`; nothing if it is not one, as the last line of a run that was
  /// cut off may be.
  public init?(json: some StringProtocol) {
    guard let value = JSONValue(json), let path = value["path"]?.string else { return nil }
    switch value["status"]?.string {
    case "ok":
      guard let record = ExplainedRecord(value) else { return nil }
      self.init(path: path, outcome: .explained(record))
    case "failed":
      guard let reason = value["error"]?.string else { return nil }
      self.init(path: path, outcome: .failed(reason))
    default: return nil
    }
  }
}

extension ExplainedRecord {
  fileprivate init?(_ value: JSONValue) {
    guard let predictions = value["predictions"]?.list?.compactMap(PictureAnswer.Prediction.init),
      let target = value["target"].flatMap(TargetRecord.init),
      let model = value["model"].flatMap(ModelRecord.init),
      let width = value["width"]?.integer(), let height = value["height"]?.integer(),
      let maps = value["maps"]?.list, !predictions.isEmpty
    else { return nil }
    self.predictions = predictions
    isUnlikeTraining = value["unlike_training"]?.flag
    self.target = target
    self.model = model
    self.width = width
    self.height = height
    self.maps = maps.compactMap(MapRecord.init)
    reportFiles = value["report_files"]?.string
    guard self.maps.count == maps.count else { return nil }
  }
}

extension PictureAnswer.Prediction {
  fileprivate init?(_ value: JSONValue) {
    guard let index = value["index"]?.integer(), let label = value["label"]?.string,
      let probability = value["probability"]?.number
    else { return nil }
    self.init(
      index: index, label: label, logit: Float(value["logit"]?.number ?? .nan),
      probability: probability)
  }
}

extension TargetRecord {
  fileprivate init?(_ value: JSONValue) {
    guard let index = value["index"]?.integer(), let label = value["label"]?.string else {
      return nil
    }
    let score = value["score"]?.number ?? .nan
    switch value["kind"]?.string {
    case "logit": self.init(target: .logit(index), labels: [label], score: score)
    case "probability":
      guard let kind = value["activation"]?.string.flatMap(ClassProbability.init) else {
        return nil
      }
      self.init(target: .probability(index, kind), labels: [label], score: score)
    case "contrast":
      guard let other = value["against_index"]?.integer(),
        let otherLabel = value["against_label"]?.string
      else { return nil }
      self.init(
        target: .contrast(this: index, that: other), labels: [label, otherLabel], score: score)
    default: return nil
    }
  }
}

extension ModelRecord {
  fileprivate init?(_ value: JSONValue) {
    guard let file = value["file"]?.string, let sha256 = value["sha256"]?.string else { return nil }
    self.init(file: file, sha256: sha256)
  }
}

extension MapRecord {
  fileprivate init?(_ value: JSONValue) {
    guard let method = value["method"]?.string, let settings = value["settings"]?.members,
      let seed = value["seed"]?.integer(UInt64.self),
      let target = value["target"].flatMap(TargetRecord.init)
    else { return nil }
    self.method = method
    self.settings = settings.compactMap { member in
      SettingValue(member.value).map {
        AttributionRecord.Setting(member.name, $0)
      }
    }
    self.seed = seed
    self.target = target
    files = [:]
    for product in MapProduct.allCases { files[product] = value[product.rawValue]?.string }
    sum = value["sum"]?.number ?? .nan
    expected = value["expected"]?.number
    residual = value["residual"]?.number
    drawing = DrawingRecord(value)
    isFlat = value["flat"]?.flag ?? false
    forwardEvaluations = value["forward_evaluations"]?.integer() ?? 0
    backwardEvaluations = value["backward_evaluations"]?.integer() ?? 0
    measurements = (value["measurements"]?.members ?? []).map {
      AttributionRecord.Measurement($0.name, $0.value.number ?? .nan)
    }
    segments = value["segments"]?.list?.compactMap(AttributionRecord.SegmentValue.init)
    seconds = value["seconds"]?.number ?? 0
  }
}

extension DrawingRecord {
  fileprivate init?(_ value: JSONValue) {
    guard let scale = value["scale"]?.number, let colorMap = value["colormap"]?.string,
      let source = value["scale_of"]?.string.flatMap(Source.init),
      let isSigned = value["signed"]?.flag
    else { return nil }
    self.init(
      scale: scale, source: source, clip: value["clip"]?.number, colorMap: colorMap,
      isSigned: isSigned, leavesOutUncertain: value["leaves_out_uncertain"]?.flag ?? false)
  }
}

extension AttributionRecord.SegmentValue {
  fileprivate init?(_ value: JSONValue) {
    guard let segment = value["segment"]?.integer(), let pixels = value["pixels"]?.integer() else {
      return nil
    }
    self.init(
      segment: segment, pixels: pixels, value: Float(value["value"]?.number ?? .nan),
      standardError: value["standard_error"]?.number.map { Float($0) })
  }
}

extension SettingValue {
  /// A number that is not counted has a point or an exponent, also where its value is whole.
  fileprivate init?(_ value: JSONValue) {
    switch value {
    case .flag(let flag): self = .flag(flag)
    case .string(let word): self = .word(word)
    case .number:
      guard let some = value.integer().map(Self.integer) ?? value.number.map(Self.number) else {
        return nil
      }
      self = some
    case .null, .list, .object: return nil
    }
  }
}
