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
    let turning = turning(orientation)
    let moved: Samples =
      switch samples {
      case .eight(let values): .eight(turning.turned(values))
      case .sixteen(let values): .sixteen(turning.turned(values))
      }
    return Image(width: turning.width, height: turning.height, layout: layout, samples: moved)
  }

  private func turning(_ orientation: Orientation) -> Turning {
    Turning(
      orientation, storedWidth: width, storedHeight: height,
      pixelSize: layout.channelCount * samples.bitDepth / 8)
  }
}
