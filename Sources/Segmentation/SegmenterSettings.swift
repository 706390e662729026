/// How an image is to be cut, with what was not said left open: it follows from the image's size.
public struct SegmenterSettings: Sendable, Hashable {
  public var kind: Kind

  /// Cells of a grid on each side.
  public var cells: Int?

  /// About how many superpixels ``SLIC`` makes, and how compact they are.
  public var segments: Int?
  public var compactness: Double?

  /// The Gaussian of ``Quickshift``, its longest link, and how much colour counts.
  public var kernel: Double?
  public var longest: Double?
  public var ratio: Double?

  /// The scale of ``Felzenszwalb``, and the fewest pixels of a segment.
  public var scale: Double?
  public var smallest: Int?

  /// How far the image is smoothed before, in pixels.
  public var smoothing: Double?

  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// That to which the other settings belong; if none is given, a grid for small images and SLIC
    /// for others.
    case automatic = "auto"
    case grid
    case slic
    case quickshift
    case felzenszwalb
  }

  public init(_ kind: Kind = .automatic, cells: Int? = nil) {
    self.kind = kind
    self.cells = cells
  }

  /// The segmenter for images of a size.
  ///
  /// - Parameter usualCells: the grid's cells on each side if nothing is said.
  public func segmenter(height: Int, width: Int, usualCells: Int = 7) -> Segmenter {
    let usual = SegmenterDefaults(height: height, width: width)
    switch kind == .automatic ? implied ?? usual.kind : kind {
    case .automatic, .grid:
      return .grid(cells: cells ?? usualCells)
    case .slic:
      return .slic(
        SLIC(
          segments: segments ?? usual.segments, compactness: compactness ?? 10,
          sigma: smoothing ?? 0))
    case .quickshift:
      return .quickshift(
        Quickshift(
          kernel: kernel ?? usual.kernel, longest: longest ?? usual.longestLink,
          ratio: ratio ?? usual.ratio, sigma: smoothing ?? 0))
    case .felzenszwalb:
      return .felzenszwalb(
        Felzenszwalb(
          scale: scale ?? usual.scale, sigma: smoothing ?? usual.sigma,
          smallest: smallest ?? usual.smallest))
    }
  }

  /// What the given settings belong to.
  private var implied: Kind? {
    if cells != nil { return .grid }
    if segments != nil || compactness != nil { return .slic }
    if kernel != nil || longest != nil || ratio != nil { return .quickshift }
    if scale != nil || smallest != nil { return .felzenszwalb }
    return nil
  }
}

extension Segmenter {
  public var kind: SegmenterSettings.Kind {
    switch self {
    case .grid: .grid
    case .slic: .slic
    case .quickshift: .quickshift
    case .felzenszwalb: .felzenszwalb
    }
  }

  /// All its settings by the names that people write.
  public var parameters: [(name: String, value: Double)] {
    switch self {
    case .grid(let cells): [("cells", Double(cells))]
    case .slic(let slic):
      [
        ("segments", Double(slic.segments)), ("compactness", slic.compactness),
        ("smoothing", slic.sigma),
      ]
    case .quickshift(let quickshift):
      [
        ("kernel-size", quickshift.kernel), ("max-dist", quickshift.longest),
        ("ratio", quickshift.ratio), ("smoothing", quickshift.sigma),
      ]
    case .felzenszwalb(let felzenszwalb):
      [
        ("scale", felzenszwalb.scale), ("min-size", Double(felzenszwalb.smallest)),
        ("smoothing", felzenszwalb.sigma),
      ]
    }
  }
}
