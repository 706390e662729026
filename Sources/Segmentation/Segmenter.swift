public import Tensors

/// A way to cut an image into segments.
public enum Segmenter: Sendable, Hashable {
  /// `cells` by `cells` rectangles.
  case grid(cells: Int)
  case slic(SLIC)
  case quickshift(Quickshift)
  case felzenszwalb(Felzenszwalb)

  /// The segments of an image: the same at any number of threads.
  public func segments(of image: PixelPlanes, workers: Workers? = nil) -> LabelMap {
    switch self {
    case .grid(let cells): LabelMap(grid: cells, height: image.height, width: image.width)
    case .slic(let slic): slic.segments(of: image, workers: workers)
    case .quickshift(let quickshift): quickshift.segments(of: image, workers: workers)
    case .felzenszwalb(let felzenszwalb): felzenszwalb.segments(of: image, workers: workers)
    }
  }
}
