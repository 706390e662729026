/// What an input's numbers mean in pixels: the values that black and white pixels become, for each
/// channel.
///
/// Baselines are given in pixel terms. Zero is black only where inputs are not normalised, which is
/// why a method never assumes it (Captum's default baseline of zero is a mean grey after the usual
/// normalisation).
public struct InputSpace: Sendable, Hashable {
  public let black: [Float]
  public let white: [Float]

  public init(black: [Float], white: [Float]) {
    precondition(black.count == white.count, "\(black.count) and \(white.count) channels")
    self.black = black
    self.white = white
  }

  /// Inputs whose channels run from 0 (black) to 1 (white).
  public static func unit(channels: Int) -> InputSpace {
    InputSpace(
      black: Array(repeating: 0, count: channels), white: Array(repeating: 1, count: channels))
  }
}
