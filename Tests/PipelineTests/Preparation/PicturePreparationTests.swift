import Attribution
import Imaging
import ModelFiles
import Pipeline
import Tensors
import TestSupport
import Testing

@Suite struct PicturePreparationTests {
  /// Two pixels: a dark red one and a light blue one.
  private let picture = Image(
    width: 2, height: 1, layout: .rgb, samples: .eight([51, 0, 0, 204, 204, 255]))

  @Test func brightnessIsScaledThenNormalised() throws {
    let settings = InputPreparation(
      mean: [0.5, 0.4, 0.3], standardDeviation: [0.25, 0.5, 1], fit: .stretch)
    let preparation = try PicturePreparation([3, 1, 2], settings)
    expectClose(
      preparation.prepare(picture).values, [-1.2, 1.2, -0.8, 0.8, -0.3, 0.7], absolute: 1e-6)
    expectClose(preparation.space.black, [-2, -0.8, -0.3])
    expectClose(preparation.space.white, [2, 1.2, 0.7])
  }

  @Test func channelsLastAndBGRAreTheSameNumbersElsewhere() throws {
    let preparation = try PicturePreparation(
      [2, 2, 3], InputPreparation(range: .zeroTo255, colorOrder: .bgr, fit: .stretch))
    let row: [Double] = [0, 0, 51, 255, 204, 204]
    expectClose(preparation.prepare(picture).values, row + row, absolute: 1e-4)
  }

  @Test func inversionExchangesBlackAndWhite() throws {
    let preparation = try PicturePreparation(
      [1, 1, 2], InputPreparation(inversion: .always, fit: .stretch))
    let prepared = preparation.prepare(
      Image(width: 2, height: 1, layout: .grey, samples: .eight([0, 255])))
    #expect(prepared.values == [1, 0])
    #expect(prepared.isInverted)
  }

  @Test(arguments: [
    (
      [3, 1, 2], InputPreparation(mean: [0.5], colorOrder: .bgr, inversion: .always, fit: .stretch)
    ),
    ([2, 2, 3], InputPreparation(range: .zeroTo255, fit: .stretch)),
  ])
  func planesThatWereFittedBecomeTheSameInput(
    axes: [Int], settings: InputPreparation
  ) throws {
    let preparation = try PicturePreparation(Shape(axes), settings)
    let (width, height) = (preparation.layout.width, preparation.layout.height)
    let fitted = FittedPicture(picture, .stretch, width: width, height: height, channels: 3)
    var planes: [Float] = []
    for channel in 0..<3 {
      planes += (0..<width * height).map { fitted[pixel: $0, channel: channel] }
    }
    var samples = planes + planes
    preparation.arrange(planes: &samples)
    let values = preparation.prepare(picture).values
    #expect(samples == values + values)
  }

  @Test func aMapGoesBackToWhereItsPixelsCameFrom() throws {
    let preparation = try PicturePreparation([3, 4, 4], InputPreparation(fit: .letterbox))
    let wide = Image(
      width: 8, height: 4, layout: .grey, samples: .eight(Array(repeating: 9, count: 32)))
    let prepared = preparation.prepare(wide)
    // One in every channel where the picture lies, nothing on the bars above and below.
    let rows: [Float] = [0, 1, 1, 0].flatMap { Array(repeating: $0, count: 4) }
    let map = prepared.placement.restore(
      prepared.pixels(of: rows + rows + rows, isOfWholePixels: false), method: .nearest)
    #expect((map.width, map.height) == (8, 4))
    #expect(map.values.allSatisfy { $0 == 3 })
  }

  @Test func whatIsNoPictureIsRefused() {
    #expect(throws: PreparationError.notAPicture([2, 5, 5])) {
      try PicturePreparation([2, 5, 5], InputPreparation())
    }
    #expect(throws: PreparationError.wrongChannelCount(found: 2, expected: 3)) {
      try PicturePreparation([3, 5, 5], InputPreparation(mean: [1, 2]))
    }
    #expect(throws: PreparationError.deviationNotPositive) {
      try PicturePreparation([1, 5, 5], InputPreparation(standardDeviation: [0]))
    }
    #expect(throws: PreparationError.digitsAreSquare(width: 5, height: 4)) {
      try PicturePreparation([1, 4, 5], InputPreparation(fit: .digit))
    }
  }

  @Test(arguments: [
    ([784], 1, 28, 28, false), ([28, 20], 1, 28, 20, false), ([3, 5, 6], 3, 5, 6, false),
    ([5, 6, 3], 3, 5, 6, true),
  ])
  func layoutsAreReadOffShapes(
    axes: [Int], channels: Int, height: Int, width: Int, channelsLast: Bool
  ) throws {
    let layout = try #require(PictureLayout(Shape(axes)))
    #expect(layout.channels == channels && layout.height == height && layout.width == width)
    #expect(layout.channelsLast == channelsLast)
    #expect(PictureLayout([783]) == nil)
  }
}
