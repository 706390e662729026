import Imaging
import TestSupport
import Testing

@Suite struct PlacementTests {
  static let photo = Image(
    width: 8, height: 6, layout: .grey, samples: .eight((1...48).map { UInt8($0) }))

  @Test func croppingTakesBackPadding() {
    let padded = Self.photo.padded(left: 2, top: 1, right: 3, bottom: 4, with: .white)
    #expect(padded.width == 13 && padded.height == 11)
    #expect(
      padded.cropped(to: PixelRectangle(left: 0, top: 0, width: 13, height: 1)).samples
        == .eight(Array(repeating: 255, count: 13)))
    #expect(
      padded.cropped(to: PixelRectangle(left: 2, top: 1, width: 8, height: 6)) == Self.photo)
    #expect(
      Self.photo.padded(left: -1, top: -2, right: -3, bottom: 0, with: .white)
        == Self.photo.cropped(to: PixelRectangle(left: 1, top: 2, width: 4, height: 4)))
  }

  @Test func aPictureLaidBesideTheTargetLeavesItPlain() {
    let plain = Self.photo.placed(atLeft: 20, top: -7, width: 3, height: 2, on: .black)
    #expect(plain.samples == .eight([0, 0, 0, 0, 0, 0]))
  }

  @Test func aLetterboxKeepsProportionsAndCentres() {
    let wide = Placement.letterbox(
      sourceWidth: 600, sourceHeight: 300, targetWidth: 224, targetHeight: 224)
    #expect(wide.window == PixelRectangle(left: 0, top: 56, width: 224, height: 112))
    let thin = Placement.letterbox(
      sourceWidth: 1, sourceHeight: 1000, targetWidth: 28, targetHeight: 28)
    #expect(thin.window == PixelRectangle(left: 13, top: 0, width: 1, height: 28))
  }

  @Test func aCentreCropTakesTheMiddle() {
    let placement = Placement.centreCrop(
      sourceWidth: 512, sourceHeight: 256, targetWidth: 224, targetHeight: 224, share: 0.875)
    #expect(placement.crop == PixelRectangle(left: 144, top: 16, width: 224, height: 224))
  }

  static let placements = [
    Placement.letterbox(sourceWidth: 8, sourceHeight: 6, targetWidth: 32, targetHeight: 32),
    .stretch(sourceWidth: 8, sourceHeight: 6, targetWidth: 3, targetHeight: 50),
    .centreCrop(sourceWidth: 8, sourceHeight: 6, targetWidth: 12, targetHeight: 12),
    Placement(
      sourceWidth: 8, sourceHeight: 6, crop: PixelRectangle(left: 1, top: 2, width: 5, height: 3),
      targetWidth: 28, targetHeight: 28,
      window: PixelRectangle(left: -2, top: 9, width: 20, height: 12)),
  ]

  @Test(arguments: placements)
  func theWayBackUndoesTheWayThere(placement: Placement) {
    for (x, y) in [(0.0, 0.0), (8, 6), (3.25, 5.5), (-4, 20)] {
      let back = placement.source(placement.target(Point(x: x, y: y)))
      expectClose([Float(back.x), Float(back.y)], [x, y])
    }
  }

  /// A spot on the picture, sent to the network's input and back, is where it was.
  @Test(arguments: placements)
  func aSpotComesBackToItsPlace(placement: Placement) throws {
    let spot = (x: 4, y: 3)
    var samples = [UInt8](repeating: 0, count: 48)
    samples[spot.y * 8 + spot.x] = 255
    let image = Image(width: 8, height: 6, layout: .grey, samples: .eight(samples))
    let input = placement.apply(to: image, method: .area, background: .black)
    #expect(input.width == placement.targetWidth && input.height == placement.targetHeight)
    let values = try input.eightBitSamples()
    let map = Plane(width: input.width, height: input.height, values: values.map(Float.init))
    let restored = placement.restore(map, method: .area)
    #expect(restored.width == 8 && restored.height == 6)
    let brightest = try #require(
      restored.values.indices.max { restored.values[$0] < restored.values[$1] })
    #expect(brightest / 8 == spot.y)
    if placement.targetWidth >= 8 { #expect(brightest == spot.y * 8 + spot.x) }
  }

  /// Pictures larger and smaller than the map, along either axis.
  @Test(arguments: [(97, 61), (9, 7), (90, 8), (8, 90)])
  func rowsAreTheSameInAnyCompany(width: Int, height: Int) {
    let placement = Placement.letterbox(
      sourceWidth: width, sourceHeight: height, targetWidth: 20, targetHeight: 20)
    let map = Plane(
      width: 20, height: 20, values: (0..<400).map { Float($0 * 7919 % 1009) * 0.013 - 5 })
    for method in ResamplingMethod.allCases {
      let restored = placement.restored(map, method: method)
      let whole = restored.whole
      for count in [1, 3, 64] {
        let parts = stride(from: 0, to: height, by: count).flatMap {
          restored.rows($0..<min($0 + count, height)).values
        }
        #expect(parts.map(\.bitPattern) == whole.values.map(\.bitPattern), "\(method) \(count)")
      }
    }
  }

  @Test func whatTheNetworkDidNotSeeIsZero() {
    let placement = Placement.centreCrop(
      sourceWidth: 8, sourceHeight: 4, targetWidth: 16, targetHeight: 16)
    let map = Plane(width: 16, height: 16, values: Array(repeating: 1, count: 256))
    let restored = placement.restore(map, method: .bilinear)
    for row in 0..<4 {
      expectClose(Array(restored.values[row * 8..<row * 8 + 8]), [0, 0, 1, 1, 1, 1, 0, 0])
    }
  }
}
