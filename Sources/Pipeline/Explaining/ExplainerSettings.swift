import Attribution
public import Imaging

/// What holds for all methods of an ``Explainer``.
public struct ExplainerSettings: Sendable {
  public var target: TargetChoice
  public var outputKind: OutputKind

  /// The baseline of every method that has one and is not told otherwise: `black`, `white`, `mean`,
  /// `blur`; `given` for the picture in ``baselineImage``. Nothing leaves each method its own.
  public var baseline: String?

  /// The picture that `baseline=given` compares with.
  public var baselineImage: Image?

  /// What random numbers start from.
  public var seed: UInt64

  public init(
    target: TargetChoice = .top(1), outputKind: OutputKind = .logit, baseline: String? = nil,
    baselineImage: Image? = nil, seed: UInt64 = 1
  ) {
    self.target = target
    self.outputKind = outputKind
    self.baseline = baseline
    self.baselineImage = baselineImage
    self.seed = seed
  }

  /// A method as it is written, with the common baseline if it leaves that open.
  func specification(_ text: String) throws -> MethodSpecification {
    let plain = try MethodSpecification(text)
    guard let baseline else { return plain }
    // What the path methods start from, and what masks show, are one question to people.
    for (setting, word) in [
      ("baseline", baseline), ("fill", baseline == "given" ? "image" : baseline),
    ] where plain.description.settings.contains(where: { $0.name == setting }) {
      if text.contains(":\(setting)=") { continue }
      return try MethodSpecification(text + ":\(setting)=" + word)
    }
    return plain
  }
}
