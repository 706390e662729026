/// A picture in memory: rows from the top, pixels from the left, the channels of a pixel beside
/// each other.
///
/// ```
/// samples[(row · width + column) · channels + channel]
/// ```
///
/// Colour is never multiplied by alpha ("straight" alpha). Values are as the file has them: no gamma
/// is undone, no colour profile applied.
public struct Image: Sendable, Equatable {
  public let width: Int
  public let height: Int
  public let layout: Layout
  public let samples: Samples

  /// What the channels of a pixel mean.
  public enum Layout: Sendable, Hashable, CaseIterable {
    case grey
    case greyAlpha
    case rgb
    case rgba
  }

  /// The values, of 8 or of 16 bits; `width · height · layout.channelCount` of them.
  public enum Samples: Sendable, Equatable {
    case eight([UInt8])
    case sixteen([UInt16])
  }

  /// Makes a picture of samples that fit its size; anything else is a mistake of the caller.
  public init(width: Int, height: Int, layout: Layout, samples: Samples) {
    precondition(width > 0 && height > 0, "an image has at least one pixel, not \(width)x\(height)")
    precondition(
      samples.count == width * height * layout.channelCount,
      "\(samples.count) samples do not make \(width)x\(height) pixels of \(layout)")
    self.width = width
    self.height = height
    self.layout = layout
    self.samples = samples
  }
}

extension Image.Layout {
  public var channelCount: Int {
    switch self {
    case .grey: 1
    case .greyAlpha: 2
    case .rgb: 3
    case .rgba: 4
    }
  }

  public var hasAlpha: Bool {
    switch self {
    case .grey, .rgb: false
    case .greyAlpha, .rgba: true
    }
  }

  public var isGrey: Bool {
    switch self {
    case .grey, .greyAlpha: true
    case .rgb, .rgba: false
    }
  }
}

extension Image.Samples {
  public var count: Int {
    switch self {
    case .eight(let values): values.count
    case .sixteen(let values): values.count
    }
  }

  public var bitDepth: Int {
    switch self {
    case .eight: 8
    case .sixteen: 16
    }
  }
}
