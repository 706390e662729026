public import Tensors

/// How much each number of an input contributed to a score: signed, unnormalised, of the input's
/// shape, with the record of how it came about.
///
/// Normalising, clipping and colour happen only when it is drawn.
public struct Attribution: Sendable {
  public let shape: Shape
  public let values: [Float]
  public var record: AttributionRecord

  public init(shape: Shape, values: [Float], record: AttributionRecord) {
    precondition(values.count == shape.count, "\(values.count) values for \(shape)")
    self.shape = shape
    self.values = values
    self.record = record
  }

  /// What the map adds up to, in `Double`: the values of its segments where it has segments, which
  /// are painted on many pixels each; else all its numbers.
  public var sum: Double {
    record.segments?.reduce(0) { $0 + Double($1.value) } ?? values.reduce(0) { $0 + Double($1) }
  }

  /// Whether there is nothing to see: all values are equal.
  public var isFlat: Bool { values.allSatisfy { $0 == values[0] } }
}

/// What a map says of itself.
public struct AttributionRecord: Sendable {
  /// The method's name in the ``MethodCatalogue``.
  public var method: String

  /// Every setting with the value that was used, defaults too.
  public var settings: [Setting]
  public var seed: UInt64
  public var target: Target

  /// What the map should add up to, where the method promises that: `f(x) − f(baseline)`.
  public var expected: Double?

  /// How far the map is from what is promised, as the method bounds it itself; without it, the
  /// difference of sum and expectation.
  public var residual: Double?

  /// How many samples went forward, and how many backward.
  public var forwardEvaluations: Int
  public var backwardEvaluations: Int

  /// The standard error of each value, where sampling made it.
  public var standardErrors: [Float]?

  /// The values of segments, which are what adds up in methods that have them.
  public var segments: [SegmentValue]?

  /// What else the method measured (an intercept, an R², steps used), by name.
  public var measurements: [Measurement]

  public struct Setting: Sendable, Hashable {
    public let name: String
    public let value: SettingValue
    public init(_ name: String, _ value: SettingValue) {
      self.name = name
      self.value = value
    }
  }

  public struct SegmentValue: Sendable, Hashable {
    public let segment: Int
    public let pixels: Int
    public let value: Float
    public let standardError: Float?

    /// The interval that holds the value with 95 % confidence, by the normal distribution.
    public var interval: ClosedRange<Float>? {
      standardError.map { value - 1.959964 * $0...value + 1.959964 * $0 }
    }

    public init(segment: Int, pixels: Int, value: Float, standardError: Float?) {
      self.segment = segment
      self.pixels = pixels
      self.value = value
      self.standardError = standardError
    }
  }

  public struct Measurement: Sendable, Hashable {
    public let name: String
    public let value: Double
    public init(_ name: String, _ value: Double) {
      self.name = name
      self.value = value
    }
  }

  public init(
    method: String, settings: [Setting], seed: UInt64, target: Target, expected: Double? = nil,
    residual: Double? = nil, forwardEvaluations: Int, backwardEvaluations: Int = 0,
    standardErrors: [Float]? = nil, segments: [SegmentValue]? = nil,
    measurements: [Measurement] = []
  ) {
    self.method = method
    self.settings = settings
    self.seed = seed
    self.target = target
    self.expected = expected
    self.residual = residual
    self.forwardEvaluations = forwardEvaluations
    self.backwardEvaluations = backwardEvaluations
    self.standardErrors = standardErrors
    self.segments = segments
    self.measurements = measurements
  }
}
