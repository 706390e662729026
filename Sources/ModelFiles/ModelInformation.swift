/// What stands in a model file besides the network: labels, input preparation, where it came from.
///
/// Ours is kept in the file's `metadata_props` under `whylight.…`. The keys that ONNX itself and
/// some exporters use are understood as well where ours are missing.
public struct ModelInformation: Hashable, Sendable {
  /// One for each class, or none at all.
  public var labels: [String]

  public var preparation: InputPreparation

  /// How large pictures are, in a file that leaves it open otherwise.
  public var inputSize: InputSize?

  /// How the model was trained, in the trainer's own words (JSON).
  public var trainingRecord: String?

  /// The seed that training started from.
  public var seed: UInt64?

  /// Whether the file itself says how pictures are prepared.
  public private(set) var statesPreparation: Bool

  public init(
    labels: [String] = [], preparation: InputPreparation = InputPreparation(),
    inputSize: InputSize? = nil, trainingRecord: String? = nil, seed: UInt64? = nil
  ) {
    self.labels = labels
    self.preparation = preparation
    self.inputSize = inputSize
    self.trainingRecord = trainingRecord
    self.seed = seed
    statesPreparation = true
  }
}

// MARK: - Ours

extension ModelInformation {
  enum Key: String, CaseIterable {
    case labels = "whylight.labels"
    case size = "whylight.input.size"
    case range = "whylight.input.range"
    case mean = "whylight.input.mean"
    case standardDeviation = "whylight.input.std"
    case colorOrder = "whylight.input.color-order"
    case inversion = "whylight.input.invert"
    case fit = "whylight.input.fit"
    case trainingRecord = "whylight.training"
    case seed = "whylight.seed"
  }

  /// `known` labels are those that the network's own nodes give.
  init(metadata: [ONNX.Entry], labels known: [String], classes: Int) throws(ModelFileError) {
    let found = Dictionary(metadata.map { ($0.key, $0.value) }) { _, last in last }
    self.init(labels: known)
    statesPreparation = false
    try readForeign(found)

    func read<Value>(
      _ key: Key, _ parse: (String) -> Value?
    ) throws(ModelFileError) -> Value? {
      try Self.value(of: key, in: found, parse)
    }
    inputSize = try Self.inputSize(in: metadata)
    if let value = try read(.range, InputRange.init) { preparation.range = value }
    if let value = try read(.mean, Self.numbers) { preparation.mean = value }
    if let value = try read(.standardDeviation, Self.numbers) {
      guard value.allSatisfy({ $0 > 0 }) else {
        throw .badMetadata(key: Key.standardDeviation.rawValue, value: "\(value)")
      }
      preparation.standardDeviation = value
    }
    if let value = try read(.colorOrder, ColorOrder.init) { preparation.colorOrder = value }
    if let value = try read(.inversion, Inversion.init) { preparation.inversion = value }
    if let value = try read(.fit, Fit.init) { preparation.fit = value }
    statesPreparation = statesPreparation || found[Key.range.rawValue] != nil
    trainingRecord = found[Key.trainingRecord.rawValue]
    seed = try read(.seed) { UInt64($0) }
    if let text = found[Key.labels.rawValue] {
      labels = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      guard labels.count == classes else {
        throw .labelCount(found: labels.count, classes: classes)
      }
    } else if labels.count != classes {
      // Another tool's list that does not fit the output means something else.
      labels = []
    }
  }

  /// How large the file says pictures are, which has to be known before it is read.
  static func inputSize(in metadata: [ONNX.Entry]) throws(ModelFileError) -> InputSize? {
    let found = Dictionary(metadata.map { ($0.key, $0.value) }) { _, last in last }
    return try value(of: .size, in: found, InputSize.init)
  }

  private static func value<Value>(
    of key: Key, in found: [String: String], _ parse: (String) -> Value?
  ) throws(ModelFileError) -> Value? {
    guard let text = found[key.rawValue] else { return nil }
    guard let value = parse(text) else {
      throw .badMetadata(key: key.rawValue, value: text)
    }
    return value
  }

  /// What stands in the file for this.
  var metadata: [ONNX.Entry] {
    var entries: [ONNX.Entry] = []
    func add(_ key: Key, _ value: String) {
      var entry = ONNX.Entry()
      entry.key = key.rawValue
      entry.value = value
      entries.append(entry)
    }
    func list(_ values: [Float]) -> String { values.map { "\($0)" }.joined(separator: ",") }
    if !labels.isEmpty { add(.labels, labels.joined(separator: "\n")) }
    if let inputSize { add(.size, inputSize.description) }
    add(.range, preparation.range.rawValue)
    if !preparation.mean.isEmpty { add(.mean, list(preparation.mean)) }
    if !preparation.standardDeviation.isEmpty {
      add(.standardDeviation, list(preparation.standardDeviation))
    }
    add(.colorOrder, preparation.colorOrder.rawValue)
    add(.inversion, preparation.inversion.rawValue)
    add(.fit, preparation.fit.rawValue)
    if let trainingRecord { add(.trainingRecord, trainingRecord) }
    if let seed { add(.seed, String(seed)) }
    return entries
  }

  private static func numbers(_ text: String) -> [Float]? {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    let values = parts.compactMap { Float($0.drop { $0 == " " }) }
    return values.count == parts.count && values.allSatisfy(\.isFinite) ? values : nil
  }
}

// MARK: - Other people's

extension ModelInformation {
  /// ONNX's own image keys (`MetadataProps.md`) and the lists of names that exporters write.
  private mutating func readForeign(_ found: [String: String]) throws(ModelFileError) {
    switch found["Image.BitmapPixelFormat"] {
    case "Bgr8", "Bgra8": preparation.colorOrder = .bgr
    default: break
    }
    switch found["Image.NominalPixelRange"] {
    case "NominalRange_0_255": preparation.range = .zeroTo255
    case "Normalized_0_1": preparation.range = .zeroToOne
    case "Normalized_1_1": preparation.range = .minusOneToOne
    default: break
    }
    statesPreparation = found["Image.NominalPixelRange"] != nil
    for key in ["names", "labels", "classes", "class_names"] {
      if let text = found[key], let list = LabelList.parse(text) {
        labels = list
        return
      }
    }
  }
}
