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

  /// A setting by the name that people write.
  public struct Parameter: Sendable {
    public let name: String
    public let value: Double

    /// Whether it is a number of things.
    public let isCount: Bool

    fileprivate static func count(_ name: String, _ value: Int) -> Self {
      Self(name: name, value: Double(value), isCount: true)
    }

    fileprivate static func number(_ name: String, _ value: Double) -> Self {
      Self(name: name, value: value, isCount: false)
    }
  }

  /// All its settings.
  public var parameters: [Parameter] {
    switch self {
    case .grid(let cells): [.count("cells", cells)]
    case .slic(let slic):
      [
        .count("segments", slic.segments), .number("compactness", slic.compactness),
        .number("smoothing", slic.sigma),
      ]
    case .quickshift(let quickshift):
      [
        .number("kernel-size", quickshift.kernel), .number("max-dist", quickshift.longest),
        .number("ratio", quickshift.ratio), .number("smoothing", quickshift.sigma),
      ]
    case .felzenszwalb(let felzenszwalb):
      [
        .number("scale", felzenszwalb.scale), .count("min-size", felzenszwalb.smallest),
        .number("smoothing", felzenszwalb.sigma),
      ]
    }
  }
}
