/// How the pixels of a resized picture are made of those of the original.
///
/// Going down, every method but `nearest` widens its window with the factor, so that each target
/// pixel is made of the whole area it stands for. Going up, the windows have the size given here.
public enum ResamplingMethod: String, Sendable, Hashable, CaseIterable {
  /// The one pixel under the centre of the target pixel.
  case nearest
  /// The mean of the area a target pixel covers, pixels that it covers in part counted in part. (At
  /// factors that are whole numbers this is what Pillow calls BOX; Pillow never splits a pixel.)
  case area
  /// A triangle, one pixel to each side.
  case bilinear
  /// Keys' cubic convolution with a = -1/2 (Keys 1981), two pixels to each side.
  case bicubic
  /// The sinc function under a window three pixels to each side.
  case lanczos
}

extension ResamplingMethod {
  /// How far the window reaches to each side when it is not widened.
  var reach: Double {
    switch self {
    case .nearest, .area: 0.5
    case .bilinear: 1
    case .bicubic: 2
    case .lanczos: 3
    }
  }

  /// Whether the window has negative parts, so that results can lie beyond all that they are made of.
  var overshoots: Bool {
    switch self {
    case .nearest, .area, .bilinear: false
    case .bicubic, .lanczos: true
    }
  }

  /// The window's height at a distance from its centre.
  func height(at distance: Double) -> Double {
    let x = abs(distance)
    guard x < reach else { return 0 }
    switch self {
    case .nearest, .area:
      return 1
    case .bilinear:
      return 1 - x
    case .bicubic:
      let a = -0.5
      return x < 1
        ? ((a + 2) * x - (a + 3)) * x * x + 1
        : ((a * x - 5 * a) * x + 8 * a) * x - 4 * a
    case .lanczos:
      return sinc(x) * sinc(x / 3)
    }
  }
}

private func sinc(_ x: Double) -> Double {
  x == 0 ? 1 : sine(halfTurns: x) / (.pi * x)
}
