/// When a method that samples has enough: after so many samples, when its intervals are narrow
/// enough, or when the time is over. Of several, whichever comes first.
public struct StoppingRule: Sendable, Hashable {
  public let samples: Int

  /// The largest half-width of the values' 95 % intervals, as a share of the values' range.
  public let precision: Double?

  /// The time for one image. What is reached in it depends on the machine: the same seed then need
  /// not give the same map.
  public let budget: Duration?

  public init(samples: Int, precision: Double? = nil, budget: Duration? = nil) {
    precondition(samples > 0, "\(samples) samples")
    self.samples = samples
    self.precision = precision
    self.budget = budget
  }

  /// Whether the same seed gives the same map.
  public var isRepeatable: Bool { budget == nil }

  /// Where a precision or a budget ends at the latest.
  static let mostSamples = 1_000_000
}

extension StoppingRule {
  /// The settings `samples`, `precision` and `budget`.
  ///
  /// - Parameters:
  ///   - name: what the method calls its samples.
  ///   - count: how many there are when nothing is said.
  static func descriptions(
    _ name: String = "samples", default count: Int, _ summary: String
  ) -> [SettingDescription] {
    [
      SettingDescription(
        name, .integer(2...mostSamples), default: nil,
        "\(summary) (\(count), with precision or budget as many as it takes)"),
      SettingDescription(
        "precision", .number(0.0001...1), default: nil,
        "stop when the largest 95 % half-width is below this share of the values' range"),
      SettingDescription(
        "budget", .duration, default: nil,
        "stop after that time for an image, as in 2s or 500ms; not repeatable"),
    ]
  }

  init(_ settings: MethodSettings, _ name: String = "samples", default count: Int) {
    let precision = settings.has("precision") ? settings.number("precision") : nil
    let budget = settings.has("budget") ? Duration.seconds(settings.number("budget")) : nil
    let isOpen = precision != nil || budget != nil
    self.init(
      samples: settings.has(name) ? settings.integer(name) : isOpen ? Self.mostSamples : count,
      precision: precision, budget: budget)
  }
}
