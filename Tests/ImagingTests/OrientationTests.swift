import Imaging
import Testing

@Suite struct OrientationTests {
  /// Three columns and two rows, every pixel another.
  static let letterbox = Image(
    width: 3, height: 2, layout: .grey, samples: .eight([1, 2, 3, 4, 5, 6]))

  /// What EXIF says each number looks like once upright, written out by hand.
  @Test(arguments: [
    (1, 3, [1, 2, 3, 4, 5, 6]), (2, 3, [3, 2, 1, 6, 5, 4]),
    (3, 3, [6, 5, 4, 3, 2, 1]), (4, 3, [4, 5, 6, 1, 2, 3]),
    (5, 2, [1, 4, 2, 5, 3, 6]), (6, 2, [4, 1, 5, 2, 6, 3]),
    (7, 2, [6, 3, 5, 2, 4, 1]), (8, 2, [3, 6, 2, 5, 1, 4]),
  ])
  func eachNumberTurnsTheWayExifSays(number: Int, width: Int, expected: [UInt8]) throws {
    let turned = Self.letterbox.oriented(try #require(Orientation(rawValue: number)))
    #expect(turned.width == width)
    #expect(turned.samples == .eight(expected))
  }

  @Test(arguments: Orientation.allCases, Image.Layout.allCases)
  func theInverseBringsAPictureBack(orientation: Orientation, layout: Image.Layout) {
    for (width, height) in [(1, 1), (37, 70), (64, 3)] {
      let count = width * height * layout.channelCount
      let eight = Image(
        width: width, height: height, layout: layout,
        samples: .eight((0..<count).map { UInt8(truncatingIfNeeded: $0 &* 167) }))
      let sixteen = Image(
        width: width, height: height, layout: layout,
        samples: .sixteen((0..<count).map { UInt16(truncatingIfNeeded: $0 &* 40503) }))
      #expect(eight.oriented(orientation).oriented(orientation.inverse) == eight)
      #expect(sixteen.oriented(orientation).oriented(orientation.inverse) == sixteen)
    }
  }

  /// More rows and columns than a band has, so that bands and their ends occur.
  @Test(arguments: Orientation.allCases, Image.Layout.allCases)
  func everyPixelGoesWhereItBelongs(orientation: Orientation, layout: Image.Layout) {
    let (width, height, channels) = (41, 67, layout.channelCount)
    let values = (0..<width * height * channels).map { UInt16(truncatingIfNeeded: $0 &* 40503) }
    let image = Image(width: width, height: height, layout: layout, samples: .sixteen(values))
    let turned = image.oriented(orientation)
    guard case .sixteen(let moved) = turned.samples else {
      Issue.record("16 bits became 8")
      return
    }
    let small = image.withEightBits()
    #expect(small.oriented(orientation) == turned.withEightBits())
    for row in 0..<turned.height {
      for column in 0..<turned.width {
        let (x, y) = Self.origin(of: column, row, orientation, width, height)
        for channel in 0..<channels {
          #expect(
            moved[(row * turned.width + column) * channels + channel]
              == values[(y * width + x) * channels + channel])
        }
      }
    }
  }

  /// Where a pixel of the upright picture stands in the stored one.
  private static func origin(
    of column: Int, _ row: Int, _ orientation: Orientation, _ width: Int, _ height: Int
  ) -> (Int, Int) {
    switch orientation {
    case .upright: (column, row)
    case .mirrorLeftRight: (width - 1 - column, row)
    case .rotateHalfTurn: (width - 1 - column, height - 1 - row)
    case .mirrorTopBottom: (column, height - 1 - row)
    case .transpose: (row, column)
    case .rotateClockwise: (row, height - 1 - column)
    case .transverse: (width - 1 - row, height - 1 - column)
    case .rotateCounterclockwise: (width - 1 - row, column)
    }
  }

  @Test func twoQuarterTurnsAreAHalfTurnAndTwoMirrorsAlsoAre() {
    let picture = Self.letterbox
    let half = picture.oriented(.rotateHalfTurn)
    #expect(picture.oriented(.rotateClockwise).oriented(.rotateClockwise) == half)
    #expect(picture.oriented(.mirrorLeftRight).oriented(.mirrorTopBottom) == half)
    #expect(picture.oriented(.transpose).oriented(.transverse) == half)
  }
}
