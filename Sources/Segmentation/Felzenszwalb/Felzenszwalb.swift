public import Tensors

/// Segments between which there is more contrast than within: neighbouring pixels are joined in the
/// order of their difference, as long as it is smaller than what both sides have seen inside.
///
/// ```
/// join A and B  if  w < min(largest w inside A + scale/|A|, the same of B)
/// ```
///
/// Larger scales make larger segments. Differences are taken on the channels as they are, 0 to 1,
/// after smoothing; the scale counts in units of 1/255. Segments that stay smaller than `smallest` are
/// joined to a neighbour. Like scikit-image's; pixels of equal difference are taken in reading order.
///
/// Reference: Felzenszwalb & Huttenlocher 2004, doi 10.1023/B:VISI.0000022288.19776.77.
public struct Felzenszwalb: Sendable, Hashable {
  public let scale: Double

  /// How far the image is smoothed first, in pixels.
  public let sigma: Double

  /// The fewest pixels of a segment.
  public let smallest: Int

  public init(scale: Double, sigma: Double = 0.8, smallest: Int = 20) {
    precondition(scale >= 0 && sigma >= 0 && smallest >= 0, "\(scale), \(sigma), \(smallest)")
    self.scale = scale
    self.sigma = sigma
    self.smallest = smallest
  }

  /// The segments of an image.
  public func segments(of image: PixelPlanes, workers: Workers? = nil) -> LabelMap {
    segments(of: PixelEdges(image.smoothed(sigma: sigma, workers: workers), workers))
  }

  /// The segments at several scales, of which the edges are sorted once.
  public static func segments(
    of image: PixelPlanes, scales: [Double], sigma: Double, smallest: Int, workers: Workers? = nil
  ) -> [LabelMap] {
    let edges = PixelEdges(image.smoothed(sigma: sigma, workers: workers), workers)
    return scales.map {
      Felzenszwalb(scale: $0, sigma: sigma, smallest: smallest).segments(of: edges)
    }
  }

  private func segments(of edges: PixelEdges) -> LabelMap {
    var sets = DisjointSets(count: edges.height * edges.width)
    // The largest difference inside each set.
    var inside = Array(repeating: Float(0), count: edges.height * edges.width)
    let scale = Float(scale / 255)
    for edge in edges.sorted {
      let ends = edges.ends(edge)
      let (a, b) = (sets.root(of: ends.0), sets.root(of: ends.1))
      guard a != b else { continue }
      let difference = edge.difference
      let limit = min(
        inside[a] + scale / Float(sets.size(a)), inside[b] + scale / Float(sets.size(b)))
      if difference < limit { inside[sets.join(a, b)] = difference }
    }
    for edge in edges.sorted {
      let ends = edges.ends(edge)
      let (a, b) = (sets.root(of: ends.0), sets.root(of: ends.1))
      if a != b && min(sets.size(a), sets.size(b)) < smallest { _ = sets.join(a, b) }
    }
    return LabelMap(height: edges.height, width: edges.width, renumbering: sets.roots())
  }
}
