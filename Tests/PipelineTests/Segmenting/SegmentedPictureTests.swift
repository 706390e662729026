import Imaging
import Pipeline
import Segmentation
import TestSupport
import Testing

@Suite struct SegmentedPictureTests {
  static let kinds = SegmenterSettings.Kind.allCases

  /// The drawn digits among the fixtures.
  static let digits = (0..<10).map { "digits/\($0)-01.png" }

  @Test(arguments: digits, kinds)
  func aDigitIsNeverOneSegment(_ name: String, _ kind: SegmenterSettings.Kind) throws {
    let picture = try ImageFile.read(Fixtures.path(name)).image
      .resized(width: 28, height: 28, method: .area)
    let map = SegmentedPicture(picture, SegmenterSettings(kind)).map
    #expect((2...120).contains(map.count), "\(map.count) segments")
  }

  static let sizes = [1, 3, 7, 28, 65]

  @Test(arguments: sizes, kinds)
  func everyPictureHasSegments(_ side: Int, _ kind: SegmenterSettings.Kind) {
    for (width, height) in [(side, side), (side, 1), (1, side), (side, 2 * side)] {
      let grey = Image(
        width: width, height: height, layout: .grey,
        samples: .eight((0..<width * height).map { UInt8(truncatingIfNeeded: $0 * 37) }))
      let flat = Image(
        width: width, height: height, layout: .rgb,
        samples: .eight(Array(repeating: 90, count: 3 * width * height)))
      for picture in [grey, flat] {
        let map = SegmentedPicture(picture, SegmenterSettings(kind)).map
        #expect(map.labels.count == width * height)
        #expect(map.sizes.allSatisfy { $0 > 0 })
        #expect(map.sizes.reduce(0, +) == width * height)
      }
    }
  }

  @Test(arguments: [5, 300, 70_000]) func aLabelMapIsReadAsItWasWritten(_ count: Int) {
    let map = LabelMap(height: 7, width: 10_000, renumbering: (0..<70_000).map { $0 % count })
    #expect(map.count == count)
    #expect(LabelMap(map.picture) == map)
  }

  @Test func labelsOfAnyValueAndColourAreSegments() {
    let grey = Image(
      width: 4, height: 1, layout: .greyAlpha, samples: .eight([200, 0, 1, 255, 200, 9, 90, 1]))
    #expect(LabelMap(grey).labels == [2, 0, 2, 1])
    let colours = Image(
      width: 3, height: 1, layout: .rgb, samples: .eight([9, 0, 0, 0, 0, 9, 9, 0, 0]))
    #expect(LabelMap(colours).labels == [1, 0, 1])
  }

  @Test func givenLabelsHaveThePicturesSize() {
    let picture = Image(width: 2, height: 2, layout: .grey, samples: .eight([0, 1, 2, 3]))
    #expect(
      throws: SegmentingError.labelMapOfOtherSize(
        width: 3, height: 2, pictureWidth: 2, pictureHeight: 2)
    ) {
      try SegmentedPicture(picture, labels: LabelMap(grid: 2, height: 2, width: 3))
    }
  }

  @Test func drawingsShowTheSegments() throws {
    let picture = Image(width: 2, height: 1, layout: .grey, samples: .eight([10, 250]))
    let segmented = try SegmentedPicture(
      picture, labels: LabelMap(height: 1, width: 2, renumbering: [0, 1]))
    #expect(segmented.means == picture)
    let drawn = segmented.boundaries
    #expect(drawn.width == 256 && drawn.height == 128)
    let samples = try drawn.eightBitSamples()
    #expect(Array(samples[0..<3]) == [10, 10, 10])
    #expect(Array(samples[127 * 3..<128 * 3]) == [255, 220, 0])
    #expect(Array(samples[128 * 3..<129 * 3]) == [250, 250, 250])
  }

  @Test(arguments: [(20_000, 1, 1), (1, 200, 1), (100, 3, 2), (1, 1, 256)])
  func theLongerSideSaysHowOftenAPictureIsEnlarged(width: Int, height: Int, zoom: Int) throws {
    let picture = Image(
      width: width, height: height, layout: .grey,
      samples: .eight(Array(repeating: 7, count: width * height)))
    let drawn = try SegmentedPicture(
      picture, labels: LabelMap(grid: 1, height: height, width: width)
    ).boundaries
    #expect((drawn.width, drawn.height) == (zoom * width, zoom * height))
  }
}
