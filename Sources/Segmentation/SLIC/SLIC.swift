public import Tensors

/// Superpixels of about equal size that follow edges: k-means on colour and place, each centre looking
/// only around itself.
///
/// ```
/// d² = |colour − centre's colour|² / compactness² + |place − centre's place|² / step²
/// ```
///
/// Colours are in Lab, stretched to the full range first, so that the compactness means the same
/// whatever the contrast. Like scikit-image's, whose partitions these are, the first round goes by
/// place alone, the centres are not moved to low gradients, and ten rounds are always made.
///
/// Reference: Achanta et al. 2012, doi 10.1109/TPAMI.2012.120.
public struct SLIC: Sendable, Hashable {
  /// About how many segments there will be.
  public let segments: Int

  /// How much place counts beside colour: high ones make squares.
  public let compactness: Double

  /// How far the image is smoothed first, in pixels.
  public let sigma: Double

  public init(segments: Int, compactness: Double = 10, sigma: Double = 0) {
    precondition(segments > 0 && compactness > 0 && sigma >= 0, "\(segments), \(compactness)")
    self.segments = segments
    self.compactness = compactness
    self.sigma = sigma
  }

  /// The segments of an image.
  public func segments(of image: PixelPlanes, workers: Workers? = nil) -> LabelMap {
    let colours = LabColor().converted(image.stretched).smoothed(sigma: sigma, workers: workers)
    let seeds = SeedGrid(height: image.height, width: image.width, points: segments)
    var clusters = PixelClusters(
      PixelBlocks(colours, times: Float(1 / compactness)), seeds: seeds)
    for _ in 0..<10 {
      clusters.assign(workers)
      clusters.moveCentres(workers)
    }
    let size = Double(image.height * image.width) / Double(seeds.count)
    return ConnectedSegments(
      labels: clusters.labels(), height: image.height, width: image.width,
      smallest: Int(0.5 * size), largest: max(1, Int(3 * size))
    ).map
  }
}
