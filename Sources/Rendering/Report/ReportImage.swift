/// One image of a report.
public struct ReportImage: Sendable {
  public var path: String
  public var outcome: Outcome

  public enum Outcome: Sendable {
    case explained(Explained)

    /// Why there is nothing to see.
    case failed(reason: String)
  }

  /// An image with its maps.
  public struct Explained: Sendable {
    public var picture: HTMLPicture

    /// The extent to show, of which only the proportion matters unless it is tiny.
    public var width: Int
    public var height: Int

    /// The most probable classes, best first.
    public var predictions: [ReportPrediction]

    /// What the maps explain: a label, or `4 and not 9`.
    public var target: String

    /// The true class, where it is known.
    public var truth: String?

    /// Whether the picture is known to be unlike those that the model learned from, so that its
    /// probabilities are worth little.
    public var isUnlikeTraining: Bool

    /// A map for each method of the report.
    public var maps: [ReportMap]

    /// The numbers behind the maps; not needed where the page finds them in ``valuesFile``.
    public var values: MapValues?

    /// A script beside the page that holds the numbers, as ``ReportPage/script(_:path:)`` writes it;
    /// without one they stand in the page. (A page opened from disk may load scripts, but not read
    /// other files.)
    public var valuesFile: String?

    public init(
      picture: HTMLPicture, width: Int, height: Int, predictions: [ReportPrediction],
      target: String, truth: String?, isUnlikeTraining: Bool, maps: [ReportMap],
      values: MapValues?, valuesFile: String? = nil
    ) {
      self.picture = picture
      self.width = width
      self.height = height
      self.predictions = predictions
      self.target = target
      self.truth = truth
      self.isUnlikeTraining = isUnlikeTraining
      self.maps = maps
      self.values = values
      self.valuesFile = valuesFile
    }

    /// Whether the model is wrong; nothing where the truth is not known.
    public var isWrong: Bool? { truth.map { $0 != predictions.first?.label } }
  }

  /// Predictions less probable than this are called uncertain.
  public static let uncertainBelow = 0.8

  public init(path: String, outcome: Outcome) {
    self.path = path
    self.outcome = outcome
  }
}

/// A class and its probability.
public struct ReportPrediction: Sendable, Hashable {
  public var label: String
  public var probability: Double

  public init(label: String, probability: Double) {
    self.label = label
    self.probability = probability
  }
}

/// A map over an image.
public struct ReportMap: Sendable {
  /// What the map is called: the method, and what parts it from others of the same method.
  public var name: String

  /// Which of the image's classes it is about (`2nd likeliest: 9`), where there are maps of several.
  public var target: String?

  /// The colours, transparent where the map says nothing; laid over the picture. Nothing if the map
  /// has none.
  public var layer: HTMLPicture?

  public var reach: ColorReach
  public var signs: ShownSigns

  /// What the map adds up to, and what it should add up to where its method promises that.
  public var sum: Double
  public var expected: Double?

  /// The relative error of the map as the method estimates it, where it does.
  public var estimatedError: Double?

  public init(
    name: String, target: String? = nil, layer: HTMLPicture?, reach: ColorReach,
    signs: ShownSigns, sum: Double, expected: Double?, estimatedError: Double?
  ) {
    self.name = name
    self.target = target
    self.layer = layer
    self.reach = reach
    self.signs = signs
    self.sum = sum
    self.expected = expected
    self.estimatedError = estimatedError
  }

  /// What the sum has too little.
  var missing: Double? { expected.map { $0 - sum } }

  /// How far the map is from what it promises, as a share of that: the method's own estimate, or what
  /// is missing of the sum.
  var relativeError: Double? {
    guard let expected else { return nil }
    return estimatedError ?? abs(expected - sum) / max(abs(expected), 1e-6)
  }
}
