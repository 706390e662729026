/// A method as the catalogue declares it. The command line, its help, the table in the README, the
/// report and the tests that hold for every method are all derived from this.
public struct MethodDescription: Sendable {
  /// The name on the command line: `integrated-gradients`.
  public let name: String
  public let family: Family

  /// One sentence fragment: what the map shows.
  public let summary: String

  /// Author, year and arXiv number or DOI of the paper.
  public let reference: String

  /// What the map adds up to.
  public let completeness: Completeness
  public let settings: [SettingDescription]

  /// How many evaluations a map takes, in words with the settings' names: "2 · samples".
  public let cost: String

  /// Whether values below zero mean the opposite of values above; if not, a map is drawn in shades
  /// of one meaning.
  public let isSigned: Bool

  /// How readers are to read a map.
  public let reading: String

  /// What a map does not say.
  public let caution: String
  public let make: @Sendable (MethodSettings) throws(MethodError) -> AnyMethod

  public enum Family: String, Sendable, CaseIterable {
    case gradient
    case path
    case cam
    case relevance
    case perturbation
    case surrogate
    case control
  }

  public enum Completeness: Sendable, Hashable {
    /// Promises nothing.
    case none

    /// `Σ map = f(x) − f(baseline)`.
    case differenceFromBaseline

    /// `Σ map = f(x)`, up to what biases take.
    case score
  }

  /// - Parameters:
  ///   - isSigned: of all families but that of class activation maps, if nothing is said.
  ///   - reading, caution: where those of the family do not hold.
  public init(
    name: String, family: Family, summary: String, reference: String,
    completeness: Completeness, settings: [SettingDescription], cost: String,
    isSigned: Bool? = nil, reading: String? = nil, caution: String? = nil,
    make: @escaping @Sendable (MethodSettings) throws(MethodError) -> AnyMethod
  ) {
    self.name = name
    self.family = family
    self.summary = summary
    self.reference = reference
    self.completeness = completeness
    self.settings = settings
    self.cost = cost
    // Class activation maps keep what speaks for the class.
    self.isSigned = isSigned ?? (family != .cam)
    self.reading = reading ?? family.reading
    self.caution = caution ?? family.caution
    self.make = make
  }
}

extension MethodDescription {
  /// Whether each channel of a pixel holds the value of the whole pixel, as where parts of the picture
  /// are switched. Elsewhere each holds its share, and they add up to the pixel's.
  public var isOfWholePixels: Bool {
    switch family {
    case .perturbation, .surrogate: true
    case .gradient, .path, .cam, .relevance, .control: false
    }
  }
}

/// A method, by what it needs of the model.
public enum AnyMethod: Sendable {
  case scores(any ScoreMethod)
  case gradients(any GradientMethod)
  case graph(any GraphMethod)

  public var method: any AttributionMethod {
    switch self {
    case .scores(let method): method
    case .gradients(let method): method
    case .graph(let method): method
    }
  }
}
