/// One side of a panel: which numbers lie where.
public struct ChartAxis: Sendable, Hashable {
  public var title: String
  public let scale: Scale
  public let range: ClosedRange<Double>
  public let ticks: [Tick]

  /// How numbers are spread along an axis.
  public enum Scale: Sendable, Hashable {
    case linear
    case logarithmic

    /// Shares near one: by the logarithm of what is missing to one, so that 99 % lies as far from
    /// 99.9 % as 90 % does from 99 %.
    case nearOne
  }

  /// A number that is written at the axis.
  public struct Tick: Sendable, Hashable {
    public let value: Double
    public let label: String
  }

  /// How ticks are written.
  public enum Unit: Sendable, Hashable {
    case number
    case percent

    /// Percent are hundredths.
    var places: Int {
      switch self {
      case .number: 0
      case .percent: 2
      }
    }

    var suffix: String {
      switch self {
      case .number: ""
      case .percent: " %"
      }
    }
  }
}

extension ChartAxis {
  /// An even axis whose ends are the ticks around the numbers.
  ///
  /// - Parameter bounds: what the axis does not go beyond, whatever the numbers are.
  public static func linear(
    _ title: String, over values: [Double], unit: Unit = .number,
    within bounds: ClosedRange<Double> = -.infinity ... .infinity
  ) -> ChartAxis {
    let (low, high) = limits(values, within: bounds)
    return linear(title, low, high, unit, RoundNumber.step(across: high - low, steps: 5))
  }

  private static func linear(
    _ title: String, _ low: Double, _ high: Double, _ unit: Unit, _ step: RoundNumber
  ) -> ChartAxis {
    let first = Int((low / step.value + 1e-9).rounded(.down))
    let last = max(first + 1, Int((high / step.value - 1e-9).rounded(.up)))
    let ticks = (first...last).map { index in
      let number = RoundNumber(index * step.digits, exponent: step.exponent)
      return Tick(value: number.value, label: number.text(unit))
    }
    return ChartAxis(
      title: title, scale: .linear, range: ticks[0].value...ticks[ticks.count - 1].value,
      ticks: ticks)
  }

  /// An even axis that begins and ends at given whole numbers, with ticks where they are round.
  public static func counting(_ title: String, _ range: ClosedRange<Int>) -> ChartAxis {
    let (low, high) = (Double(range.lowerBound), Double(range.upperBound))
    let step = RoundNumber.step(across: high - low, steps: 8)
    let around = linear(
      title, low, high, .number, step.exponent < 0 ? RoundNumber(1, exponent: 0) : step)
    var ticks = around.ticks.filter { low...high ~= $0.value }
    if let first = ticks.first, first.value > low, ticks.count > 1,
      first.value - low > (ticks[1].value - first.value) / 2
    {
      ticks.insert(Tick(value: low, label: "\(range.lowerBound)"), at: 0)
    }
    return ChartAxis(
      title: title, scale: .linear, range: low...max(high, low + 1), ticks: ticks)
  }

  /// A logarithmic axis around the numbers, which must be above zero; others are left out of account.
  public static func logarithmic(
    _ title: String, over values: [Double], unit: Unit = .number
  ) -> ChartAxis {
    let (low, high) = limits(values.filter { $0 > 0 })
    let numbers = RoundNumber.decades(around: max(low, 1e-12)...high)
    return ChartAxis(
      title: title, scale: .logarithmic, range: numbers[0].value...numbers[numbers.count - 1].value,
      ticks: numbers.map { Tick(value: $0.value, label: $0.text(unit)) })
  }

  /// An axis for shares that come near one but do not reach it.
  public static func nearOne(_ title: String, over values: [Double]) -> ChartAxis {
    let (low, high) = limits(values.map { 1 - $0 }.filter { $0 > 0 })
    let missing = RoundNumber.decades(around: max(low, 1e-12)...min(high, 1))
    let ticks = missing.reversed().map {
      Tick(value: 1 - $0.value, label: $0.textOfRest(.percent))
    }
    return ChartAxis(
      title: title, scale: .nearOne, range: ticks[0].value...ticks[ticks.count - 1].value,
      ticks: ticks)
  }

  /// Whether numbers differ so much in size that an even axis would hide the small ones.
  public static func spreadsWide(_ values: [Double]) -> Bool {
    guard let low = values.min(), let high = values.max(), low > 0 else { return false }
    return high > 6 * low
  }

  /// The smallest and the largest finite number; they differ.
  private static func limits(
    _ values: [Double], within bounds: ClosedRange<Double> = -.infinity ... .infinity
  ) -> (low: Double, high: Double) {
    let finite = values.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max() else { return (0, 1) }
    guard low == high else { return (low, high) }
    let reach = max(abs(low) / 2, 1e-3)
    return (max(low - reach, bounds.lowerBound), min(high + reach, bounds.upperBound))
  }

  /// Where a number lies on the axis, 0 to 1; nothing for what is not a number. What lies beyond the
  /// ends comes to lie on them.
  func place(_ value: Double) -> Double? {
    guard !value.isNaN else { return nil }
    let bounded = min(max(value, range.lowerBound), range.upperBound)
    func stretched(_ number: Double) -> Double {
      switch scale {
      case .linear: number
      case .logarithmic: logarithm(number)
      case .nearOne: -logarithm(1 - number)
      }
    }
    let (low, high) = (stretched(range.lowerBound), stretched(range.upperBound))
    return (stretched(bounded) - low) / (high - low)
  }
}
