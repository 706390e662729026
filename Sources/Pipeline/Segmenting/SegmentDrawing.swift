public import Imaging
import Segmentation

/// A picture that is drawn of segments.
public enum SegmentDrawing: String, Sendable, CaseIterable {
  case boundaries
  case means
  case labels

  /// What follows the picture's name in the file's name.
  public var ending: String { ".\(rawValue).png" }
}

extension SegmentedPicture {
  /// One of its drawings.
  public func drawn(_ drawing: SegmentDrawing) -> Image {
    switch drawing {
    case .boundaries: boundaries
    case .means: means
    case .labels: map.picture
    }
  }

  /// The picture with lines between its segments; a small one is enlarged.
  public var boundaries: Image {
    // A line of one pixel would hide much of a small picture.
    let zoom = DrawingSettings.usualZoom(width: picture.width, height: picture.height)
    let (width, height) = (picture.width * zoom, picture.height * zoom)
    let base = picture.converted(to: .rgb).withEightBits()
    guard
      case .eight(var samples) = base.resized(width: width, height: height, method: .nearest)
        .samples
    else { preconditionFailure("a picture of eight bits has samples of eight bits") }
    let line: [UInt8] = [255, 220, 0]
    for y in 0..<height {
      for x in 0..<width {
        let label = map.labels[y / zoom * map.width + x / zoom]
        let right = x + 1 < width ? map.labels[y / zoom * map.width + (x + 1) / zoom] : label
        let below = y + 1 < height ? map.labels[(y + 1) / zoom * map.width + x / zoom] : label
        guard right != label || below != label else { continue }
        for channel in 0..<3 { samples[(y * width + x) * 3 + channel] = line[channel] }
      }
    }
    return Image(width: width, height: height, layout: .rgb, samples: .eight(samples))
  }

  /// The picture with every segment in its mean colour.
  public var means: Image {
    let planes = PixelPlanes(picture)
    let means = planes.planes.map { map.means(of: $0) }
    let samples = map.labels.flatMap { label in
      means.map { UInt8(min(255, max(0, ($0[Int(label)] * 255).rounded()))) }
    }
    return Image(
      width: picture.width, height: picture.height, layout: means.count == 1 ? .grey : .rgb,
      samples: .eight(samples))
  }
}
