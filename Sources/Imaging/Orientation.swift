/// How a stored picture lies, with the numbers of EXIF's tag 0x0112.
///
/// The names say what brings the stored picture upright: a camera held on its side stores what its
/// sensor saw and notes `rotateClockwise`. The eight are the symmetries of a rectangle with its
/// sides allowed to swap, so each can be taken back by another of them (`inverse`).
public enum Orientation: Int, Sendable, Hashable, CaseIterable {
  case upright = 1
  case mirrorLeftRight = 2
  case rotateHalfTurn = 3
  case mirrorTopBottom = 4
  /// Rows become columns: the top left corner stays.
  case transpose = 5
  case rotateClockwise = 6
  /// Rows become columns: the top right corner stays.
  case transverse = 7
  case rotateCounterclockwise = 8

  /// What takes this one back.
  public var inverse: Orientation {
    switch self {
    case .rotateClockwise: .rotateCounterclockwise
    case .rotateCounterclockwise: .rotateClockwise
    case .upright, .mirrorLeftRight, .rotateHalfTurn, .mirrorTopBottom, .transpose, .transverse:
      self
    }
  }

  /// Whether width and height change places.
  public var swapsSides: Bool {
    switch self {
    case .upright, .mirrorLeftRight, .rotateHalfTurn, .mirrorTopBottom: false
    case .transpose, .rotateClockwise, .transverse, .rotateCounterclockwise: true
    }
  }
}

extension Image {
  /// The picture turned upright, when it is stored as `orientation` says.
  ///
  /// `picture.oriented(o).oriented(o.inverse)` is `picture` again.
  public func oriented(_ orientation: Orientation) -> Image {
    if orientation == .upright { return self }
    let walk = PixelWalk(orientation, width: width, height: height)
    let channels = layout.channelCount
    let moved: Samples =
      switch samples {
      case .eight(let values): .eight(walk.gather(values, channels: channels))
      case .sixteen(let values): .sixteen(walk.gather(values, channels: channels))
      }
    return Image(width: walk.width, height: walk.height, layout: layout, samples: moved)
  }
}

/// Where the pixels of a turned picture come from: pixel (column, row) of the result is pixel
/// `origin + column · columnStep + row · rowStep` of the stored one.
struct PixelWalk {
  let width: Int
  let height: Int
  private let origin: Int
  private let columnStep: Int
  private let rowStep: Int

  init(_ orientation: Orientation, width: Int, height: Int) {
    let lastColumn = width - 1
    let lastRow = width * (height - 1)
    (origin, columnStep, rowStep) =
      switch orientation {
      case .upright: (0, 1, width)
      case .mirrorLeftRight: (lastColumn, -1, width)
      case .rotateHalfTurn: (lastRow + lastColumn, -1, -width)
      case .mirrorTopBottom: (lastRow, 1, -width)
      case .transpose: (0, width, 1)
      case .rotateClockwise: (lastRow, -width, 1)
      case .transverse: (lastRow + lastColumn, -width, -1)
      case .rotateCounterclockwise: (lastColumn, width, -1)
      }
    (self.width, self.height) = orientation.swapsSides ? (height, width) : (width, height)
  }

  func gather<Sample: FixedWidthInteger>(_ stored: [Sample], channels: Int) -> [Sample] {
    switch channels {
    case 1: gather(stored, channels: 1, zero: 0)
    case 2: gather(stored, channels: 2, zero: 0)
    case 3: gather(stored, channels: 3, zero: 0)
    case 4: gather(stored, channels: 4, zero: 0)
    default: preconditionFailure("a pixel has 1 to 4 channels, not \(channels)")
    }
  }

  /// Square tiles keep the reading of columns inside the cache: read row by row of the result, every
  /// pixel would touch another line of memory.
  ///
  /// Inlined where `channels` is a literal, so that the innermost loop unrolls.
  @inline(__always)
  func gather<Sample>(_ stored: [Sample], channels: Int, zero: Sample) -> [Sample] {
    precondition(
      stored.count == width * height * channels,
      "\(stored.count) samples are not \(width)x\(height) pixels of \(channels)")
    var result = [Sample](repeating: zero, count: stored.count)
    var target = result.mutableSpan
    let source = stored.span
    let tile = 32
    for top in stride(from: 0, to: height, by: tile) {
      for left in stride(from: 0, to: width, by: tile) {
        let right = min(left + tile, width)
        for row in top..<min(top + tile, height) {
          var from = (origin + left * columnStep + row * rowStep) * channels
          var to = (row * width + left) * channels
          for _ in left..<right {
            for channel in 0..<channels { target[to + channel] = source[from + channel] }
            from += columnStep * channels
            to += channels
          }
        }
      }
    }
    return result
  }
}
