/// Settings that suit an image's size, where nothing else is said.
///
/// Those that people know suit photographs of a few hundred pixels; on a digit of 28x28 they give one
/// segment. So what is measured in pixels shrinks with the shorter side, from 224 down.
struct SegmenterDefaults: Sendable, Hashable {
  private let side: Double

  init(height: Int, width: Int) { side = Double(min(height, width)) }

  /// How small the image is beside a photograph, at most 1.
  private var share: Double { min(1, side / 224) }

  /// Superpixels where they have enough pixels to follow anything; below, a grid is as good.
  var kind: SegmenterSettings.Kind { side >= 64 ? .slic : .grid }

  /// For ``SLIC``: fifty segments on a photograph, 30 on a digit.
  var segments: Int { Int(30 + 20 * share) }

  /// For ``Quickshift``: LIME's 4 on a photograph, 1 on a digit.
  var kernel: Double { max(1, 4 * share) }

  /// For ``Quickshift``.
  var longestLink: Double { max(3, 20 * share) }

  /// For ``Quickshift``.
  var ratio: Double { 0.2 }

  /// For ``Felzenszwalb``.
  var scale: Double { 100 * max(0.25, share) }

  /// How far ``Felzenszwalb`` smooths first.
  var sigma: Double { max(0.3, 0.8 * share) }

  /// The fewest pixels that ``Felzenszwalb`` leaves a segment.
  var smallest: Int { Int(max(8, 50 * share)) }
}
