public import Tensors

/// Segments around places where colours are dense: every pixel is linked to the nearest one where more
/// pixels of its like are near, and long links are cut.
///
/// ```
/// density(p) = Σ over q near p of exp(−d²(p, q) / 2 kernel²)     d² = ratio² |colours|² + |places|²
/// ```
///
/// Colours are in Lab. Where densities are the same, as on paper without a mark, a number of the
/// pixel's own decides; scikit-image, whose segments these are otherwise, lets noise decide, so on
/// such parts the two differ.
///
/// Reference: Vedaldi & Soatto 2008, doi 10.1007/978-3-540-88693-8_52.
public struct Quickshift: Sendable, Hashable {
  /// The deviation of the Gaussian that counts what is near; the window reaches three of them.
  public let kernel: Double

  /// The longest link; longer ones are cut.
  public let longest: Double

  /// How much colour counts beside place.
  public let ratio: Double

  /// How far the image is smoothed first, in pixels.
  public let sigma: Double

  public init(kernel: Double, longest: Double, ratio: Double = 1, sigma: Double = 0) {
    precondition(kernel > 0 && longest >= 0 && ratio >= 0 && sigma >= 0, "\(kernel), \(longest)")
    self.kernel = kernel
    self.longest = longest
    self.ratio = ratio
    self.sigma = sigma
  }

  /// The segments of an image.
  public func segments(of image: PixelPlanes, workers: Workers? = nil) -> LabelMap {
    let colours = LabColor().converted(image).smoothed(sigma: sigma, workers: workers)
    let window = NeighbourWindow(
      colours, times: Float(ratio), reach: Int((3 * kernel).rounded(.up)))
    let ranks = Self.ranks(window.densities(kernel: Float(kernel), workers), window)
    var parents = window.parents(ranks, longest: Float(longest), workers)
    // A pixel's parent is denser than itself, so the densest have theirs first.
    for pixel in ranks.descending { parents[pixel] = parents[parents[pixel]] }
    return LabelMap(height: image.height, width: image.width, renumbering: parents)
  }

  /// Which pixel is denser than which.
  struct Ranks: Sendable {
    let ranks: [Int32]
    let descending: [Int]
  }

  private static func ranks(_ densities: [Float], _ window: NeighbourWindow) -> Ranks {
    let ascending = densities.indices.map { pixel in
      // The density, then the pixel's own number, mixed so that neighbours' numbers are far apart.
      let own = UInt32(truncatingIfNeeded: pixel &+ 1) &* 0x9E37_79B1
      let mixed = (own ^ own >> 15) &* 0x85EB_CA77
      return (
        key: UInt64(densities[pixel].bitPattern) << 32 | UInt64(mixed ^ mixed >> 13), pixel: pixel
      )
    }.sorted { ($0.key, $0.pixel) < ($1.key, $1.pixel) }
    var ranks = Array(repeating: Int32(0), count: densities.count)
    for (rank, item) in ascending.enumerated() { ranks[item.pixel] = Int32(rank) }
    return Ranks(ranks: ranks, descending: ascending.reversed().map(\.pixel))
  }
}
