/// What colours tell of the signs of a map's numbers.
public enum ShownSigns: Sendable, Hashable {
  /// The two signs have different colours.
  case both

  /// The map has no signs: its numbers start at zero.
  case none

  /// The map has signs, but its colours are those of strengths.
  case hidden

  /// - Parameter isSigned: whether the map can have numbers below zero.
  public init(_ colorMap: ColorMap, isSigned: Bool) {
    self = !isSigned ? .none : colorMap.isDiverging ? .both : .hidden
  }

  /// The end of the colours below the full one: what stands for −1, or for 0.
  var lowest: Float { self == .both ? -1 : 0 }
}
