public import Segmentation

/// A way to explain a score.
///
/// A method is a value made of its settings. It takes several subjects at once, because sixteen go
/// through the network side by side; each map depends on its own subject alone, to the bit.
public protocol AttributionMethod: Sendable {
  /// How many subjects it likes to get at once: 1 if one subject alone fills the lanes, 16 if each
  /// needs only a pass or two.
  var preferredBatch: Int { get }

  /// Finds out, before there is an input, why the method cannot answer such a question: the model,
  /// the shape of its input or the kind of score does not suit it or its settings, or what it needs
  /// is not given.
  func check(_ question: MethodQuestion) throws(MethodError)
}

extension AttributionMethod {
  /// Most methods can explain any score of any model.
  public func check(_ question: MethodQuestion) throws(MethodError) {}
}

/// A method that needs nothing but scores.
public protocol ScoreMethod: AttributionMethod {
  func attribute(
    _ subjects: [Subject], on model: any Scorer, context: MethodContext
  ) throws -> [Attribution]
}

/// A method that needs the gradient of the score at the input.
public protocol GradientMethod: AttributionMethod {
  func attribute(
    _ subjects: [Subject], on model: any DifferentiableScorer, context: MethodContext
  ) throws -> [Attribution]
}

/// A method that looks inside: at activations, at layers, at their parameters.
public protocol GraphMethod: AttributionMethod {
  func attribute(
    _ subjects: [Subject], on session: NetworkSession, context: MethodContext
  ) throws -> [Attribution]
}

/// What a method is told besides its settings and subjects.
public struct MethodContext: Sendable {
  /// What random numbers start from.
  public let seed: UInt64

  /// What black and white are in the model's input.
  public let space: InputSpace

  /// The method's name and settings, for the record.
  public let name: String
  public let settings: [AttributionRecord.Setting]

  /// The inputs that `baseline=given` compares with.
  public let baselines: [[Float]]

  /// The segments that `segmenter=given` switches.
  public let labelMap: LabelMap?

  public init(
    seed: UInt64, space: InputSpace, name: String, settings: [AttributionRecord.Setting],
    baselines: [[Float]] = [], labelMap: LabelMap? = nil
  ) {
    self.baselines = baselines
    self.labelMap = labelMap
    self.seed = seed
    self.space = space
    self.name = name
    self.settings = settings
  }
}
