/// What stands in a model file besides the network: labels, input preparation, where it came from.
///
/// Ours is kept in the file's `metadata_props` under `whylight.…`. The keys that ONNX itself and
/// some exporters use are understood as well where ours are missing.
public struct ModelInformation: Hashable, Sendable {
  /// One for each class, or none at all.
  public var labels: [String]

  /// What pictures go through. What nobody stated of it is assumed.
  public private(set) var preparation: InputPreparation

  /// The parts of the preparation that somebody stated: the file, an option, or who trained it.
  private var stated: Set<Key>

  /// How large pictures are, in a file that leaves it open otherwise.
  public var inputSize: InputSize?

  /// How the model was trained, in the trainer's own words (JSON).
  public var trainingRecord: String?

  /// The seed that training started from.
  public var seed: UInt64?

  /// Whether somebody stated which numbers pixels become.
  public var statesPreparation: Bool {
    !stated.isDisjoint(with: [.range, .mean, .standardDeviation])
  }

  /// All of the preparation counts as stated.
  public init(
    labels: [String] = [], preparation: InputPreparation = InputPreparation(),
    inputSize: InputSize? = nil, trainingRecord: String? = nil, seed: UInt64? = nil
  ) {
    self.labels = labels
    self.preparation = preparation
    self.inputSize = inputSize
    self.trainingRecord = trainingRecord
    self.seed = seed
    stated = [.range, .colorOrder, .inversion, .fit]
    if !preparation.mean.isEmpty { stated.insert(.mean) }
    if !preparation.standardDeviation.isEmpty { stated.insert(.standardDeviation) }
  }

  /// States parts of the preparation; the others stay as they are.
  public mutating func state(
    range: InputRange? = nil, mean: [Float]? = nil, standardDeviation: [Float]? = nil,
    colorOrder: ColorOrder? = nil, inversion: Inversion? = nil, fit: Fit? = nil
  ) {
    state(range, .range, \.range)
    state(mean, .mean, \.mean)
    state(standardDeviation, .standardDeviation, \.standardDeviation)
    state(colorOrder, .colorOrder, \.colorOrder)
    state(inversion, .inversion, \.inversion)
    state(fit, .fit, \.fit)
  }

  private mutating func state<Value>(
    _ value: Value?, _ key: Key, _ part: WritableKeyPath<InputPreparation, Value>
  ) {
    guard let value else { return }
    preparation[keyPath: part] = value
    stated.insert(key)
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
    stated = []
    try readForeign(found)

    func read<Value>(
      _ key: Key, _ parse: (String) -> Value?
    ) throws(ModelFileError) -> Value? {
      try Self.value(of: key, in: found, parse)
    }
    inputSize = try Self.inputSize(in: metadata)
    let deviation = try read(.standardDeviation, Self.numbers)
    if let deviation, !deviation.allSatisfy({ $0 > 0 }) {
      throw .badMetadata(key: Key.standardDeviation.rawValue, value: "\(deviation)")
    }
    state(
      range: try read(.range, InputRange.init), mean: try read(.mean, Self.numbers),
      standardDeviation: deviation, colorOrder: try read(.colorOrder, ColorOrder.init),
      inversion: try read(.inversion, Inversion.init), fit: try read(.fit, Fit.init))
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

  /// What stands in the file for this: nothing that was only assumed.
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
    let parts: [(Key, String)] = [
      (.range, preparation.range.rawValue), (.mean, list(preparation.mean)),
      (.standardDeviation, list(preparation.standardDeviation)),
      (.colorOrder, preparation.colorOrder.rawValue), (.inversion, preparation.inversion.rawValue),
      (.fit, preparation.fit.rawValue),
    ]
    for (key, value) in parts where stated.contains(key) { add(key, value) }
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
    case "Bgr8", "Bgra8": state(colorOrder: .bgr)
    default: break
    }
    switch found["Image.NominalPixelRange"] {
    case "NominalRange_0_255": state(range: .zeroTo255)
    case "Normalized_0_1": state(range: .zeroToOne)
    case "Normalized_1_1": state(range: .minusOneToOne)
    default: break
    }
    for key in ["names", "labels", "classes", "class_names"] {
      if let text = found[key], let list = LabelList.parse(text) {
        labels = list
        return
      }
    }
  }
}
