import Imaging
import TestSupport
import Testing

@Suite struct ResamplingTests {
  @Test(arguments: ResamplingMethod.allCases, Image.Layout.allCases)
  func aPlainPictureStaysPlain(method: ResamplingMethod, layout: Image.Layout) {
    for (width, height) in [(1, 1), (5, 4), (31, 70), (200, 3)] {
      let count = layout.channelCount
      for level in [0, 1, 128, 255] as [UInt8] {
        let plain = Image(
          width: 20, height: 11, layout: layout,
          samples: .eight(Array(repeating: level, count: 220 * count)))
        let resized = plain.resized(width: width, height: height, method: method)
        #expect(
          resized.samples == .eight(Array(repeating: level, count: width * height * count)))
      }
      let deep = Image(
        width: 20, height: 11, layout: layout,
        samples: .sixteen(Array(repeating: 40_000, count: 220 * count)))
      #expect(
        deep.resized(width: width, height: height, method: method).samples
          == .sixteen(Array(repeating: 40_000, count: width * height * count)))
    }
  }

  @Test func halvingByAreaIsTheMeanOfFourRoundedHalvesUp() {
    let image = Image(
      width: 4, height: 2, layout: .grey, samples: .eight([0, 1, 9, 9, 1, 0, 9, 12]))
    #expect(image.resized(width: 2, height: 1, method: .area).samples == .eight([1, 10]))
  }

  @Test func areaSplitsPixelsThatLieInTwoTargets() {
    let plane = Plane(width: 3, height: 1, values: [1, 10, 100])
    let resized = plane.resized(width: 2, height: 1, method: .area)
    expectClose(resized.values, [(1 + 5) / 1.5, (5 + 100) / 1.5], relative: 1e-6)
  }

  @Test(arguments: [(3, 4), (6, 2), (24, 20), (1, 1), (7, 9), (11, 3)])
  func areaKeepsTheMean(width: Int, height: Int) {
    let plane = Self.wave
    let resized = plane.resized(width: width, height: height, method: .area)
    expectClose([mean(resized)], [Double(mean(plane))], relative: 1e-4)
  }

  @Test(arguments: [ResamplingMethod.bilinear, .bicubic])
  func aRampStaysARampAwayFromTheEdges(method: ResamplingMethod) {
    let ramp = Plane(width: 40, height: 1, values: (0..<40).map { Float($0) + 0.5 })
    for target in [80, 20] {
      let scale = 40 / Double(target)
      let resized = ramp.resized(width: target, height: 1, method: method)
      let inside = Int(6 / min(scale, 1))..<target - Int(6 / min(scale, 1))
      expectClose(
        Array(resized.values[inside]), inside.map { (Double($0) + 0.5) * scale }, relative: 1e-5)
    }
  }

  @Test func aPlaneKeepsItsSignsAndOvershoots() {
    let edge = Plane(width: 8, height: 1, values: [-1, -1, -1, -1, 1, 1, 1, 1])
    let resized = edge.resized(width: 32, height: 1, method: .lanczos).values
    #expect(resized.min()! < -1.02)
    #expect(resized.max()! > 1.02)
    expectClose(resized.reversed(), resized.map { -Double($0) }, relative: 1e-5)
  }

  @Test(arguments: ResamplingMethod.allCases)
  func sixteenBitsAreEightBitsFiner(method: ResamplingMethod) {
    let bytes = (0..<17 * 12 * 3).map { UInt8(truncatingIfNeeded: $0 &* 89) }
    let eight = Image(width: 17, height: 12, layout: .rgb, samples: .eight(bytes))
    let sixteen = Image(
      width: 17, height: 12, layout: .rgb, samples: .sixteen(bytes.map { UInt16($0) * 257 }))
    guard case .eight(let coarse) = eight.resized(width: 9, height: 20, method: method).samples,
      case .sixteen(let fine) = sixteen.resized(width: 9, height: 20, method: method).samples
    else {
      Issue.record("the bit depth changed")
      return
    }
    for (a, b) in zip(coarse, fine) { #expect(abs(Double(a) - Double(b) / 257) <= 0.5001) }
  }

  @Test func colourUnderTransparentPixelsDoesNotBleed() throws {
    // Opaque black beside transparent white: whatever the shares, what is seen stays black.
    let image = Image(
      width: 2, height: 1, layout: .greyAlpha, samples: .eight([0, 255, 255, 0]))
    let values = try image.resized(width: 8, height: 1, method: .bilinear).eightBitSamples()
    #expect(stride(from: 0, to: 16, by: 2).allSatisfy { values[$0] == 0 })
    #expect(values[1] == 255 && values[15] == 0)
  }

  // Not so for `nearest`: a centre on a pixel border goes to the right and down, wherever that is.
  @Test(arguments: [ResamplingMethod.area, .bilinear, .bicubic, .lanczos])
  func turningAndResizingCommute(method: ResamplingMethod) {
    let turnedLast = Self.wave.resized(width: 7, height: 21, method: method)
      .oriented(.rotateClockwise)
    let turnedFirst = Self.wave.oriented(.rotateClockwise)
      .resized(width: 21, height: 7, method: method)
    expectClose(turnedFirst.values, turnedLast.values.map(Double.init), relative: 1e-5)
  }

  private static let wave = Plane(
    width: 12, height: 10, values: (0..<120).map { Float(($0 * 37) % 41) - 20 })

  private func mean(_ plane: Plane) -> Float {
    plane.values.reduce(0, +) / Float(plane.values.count)
  }
}
