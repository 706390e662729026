import Attribution
public import Imaging
public import Segmentation

/// What holds for all methods of an ``Explainer``.
public struct ExplainerSettings: Sendable {
  public var target: TargetChoice
  public var outputKind: OutputKind

  /// The baseline of every method that has one and is not told otherwise: `black`, `white`, `mean`,
  /// `blur`; `given` for the picture in ``baselineImage``. Nothing leaves each method its own.
  public var baseline: String?

  /// The picture that `baseline=given` compares with.
  public var baselineImage: Image?

  /// The segments of every picture, for methods that switch segments and are not told otherwise.
  /// Nothing lets them cut the model's input themselves.
  public var segments: LabelMap?

  /// What random numbers start from.
  public var seed: UInt64

  public init(
    target: TargetChoice = .top(1), outputKind: OutputKind = .logit, baseline: String? = nil,
    baselineImage: Image? = nil, segments: LabelMap? = nil, seed: UInt64 = 1
  ) {
    self.target = target
    self.outputKind = outputKind
    self.baseline = baseline
    self.baselineImage = baselineImage
    self.segments = segments
    self.seed = seed
  }

  /// How methods are told the common baseline: what those along a path start from, and what masks
  /// show, are one question to people.
  var commonBaseline: [(name: String, word: String)] {
    guard let baseline else { return [] }
    return [("baseline", baseline), ("fill", baseline == "given" ? "image" : baseline)]
  }

  /// A method as it is written, with the common baseline and segments if it leaves those open.
  func specification(_ text: String) throws(MethodError) -> MethodSpecification {
    let plain = try MethodSpecification(text)
    var common = commonBaseline
    if segments != nil { common.append(("segmenter", "given")) }
    let added = common.filter { setting in
      plain.description.settings.contains { $0.name == setting.name }
        && !text.contains(":\(setting.name)=")
    }
    return added.isEmpty
      ? plain : try MethodSpecification(text + added.map { ":\($0.name)=\($0.word)" }.joined())
  }
}
