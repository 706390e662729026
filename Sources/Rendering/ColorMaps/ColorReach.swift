/// How far the colours of a map reach.
public enum ColorReach: Sendable, Hashable {
  /// The full colour stands for this magnitude, which is above zero.
  case upTo(Double)

  /// The map has no colours.
  case nowhere(WithoutColors)
}

/// Why a map has no colours.
public enum WithoutColors: Sendable, Hashable, CaseIterable {
  /// All values are equal.
  case flat

  /// Values that may as well be zero are left without colour, and that is all of them.
  case nothingCertain

  /// Summed over the channels, no value is a number other than zero.
  case zero

  /// What stands under the map on a page.
  var caption: String {
    switch self {
    case .flat: "flat: every value is the same"
    case .nothingCertain: "nothing certain: every part's interval holds zero"
    case .zero: "nothing to draw: zero in every pixel"
    }
  }

  /// What stands in place of a panel's colour bar.
  var panelLines: [String] {
    switch self {
    case .flat: ["flat:", "one value", "everywhere"]
    case .nothingCertain: ["nothing", "certain:", "all may", "be zero"]
    case .zero: ["zero in", "every pixel"]
    }
  }
}
