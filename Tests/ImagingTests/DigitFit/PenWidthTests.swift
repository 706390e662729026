import TestSupport
import Testing

@testable import Imaging

@Suite struct PenWidthTests {
  @Test(arguments: [0.6, 1, 1.5, 2, 2.9, 5, 7.07, 20])
  func wideningIsTheMostInkWithinADisk(radius: Double) {
    for (width, height, share) in [(17, 11, 0.1), (1, 9, 0.5), (23, 1, 0.3), (12, 19, 1.0)] {
      let digit = scattered(width: width, height: height, share: share)
      #expect(
        PenWidth.widened(digit, by: radius) == mostWithinDisk(digit, radius),
        "\(width)x\(height), \(share) of the pixels inked")
    }
  }

  @Test func aDigitOfAnySizeIsTheSameDigit() throws {
    // A thin ring of a pen that is finer than the target's pixels, at sizes of which one is worked on
    // as it is and the others are reduced first.
    let rings = [1000, 2000, 3000].map { side in
      PenWidth.evened(ring(side: side), targetWidth: 20, targetHeight: 20)
    }
    for ring in rings.dropFirst() {
      for (value, expected) in zip(ring.values, rings[0].values) {
        #expect(abs(value - expected) < 0.05)
      }
    }
  }

  @Test func aPictureOfManyMegapixelsTakesNoMinutes() {
    // Ink everywhere, all of it finer than a pen: the longest way there is.
    let paper = Image(
      width: 4000, height: 3000, layout: .grey,
      samples: .eight((0..<12_000_000).map { UInt8(noise($0, 0) >> 24) }))
    #expect(processorTime { _ = DigitFit(paper) } < 20)
  }

  /// Ink of different strengths on some of the pixels.
  private func scattered(width: Int, height: Int, share: Double) -> Plane {
    let values = (0..<width * height).map { index in
      let isInk = Double(noise(index, 0)) < share * 0x1p32
      return isInk ? Float(noise(index, 1)) / 0x1p32 : 0
    }
    return Plane(width: width, height: height, values: values)
  }

  /// Bits that look random (the end of MurmurHash3).
  private func noise(_ index: Int, _ stream: UInt32) -> UInt32 {
    var bits = UInt32(index) &* 0x9E37_79B9 ^ stream &* 0x85EB_CA6B
    bits = (bits ^ bits >> 16) &* 0x85EB_CA6B
    bits = (bits ^ bits >> 13) &* 0xC2B2_AE35
    return bits ^ bits >> 16
  }

  private func mostWithinDisk(_ digit: Plane, _ radius: Double) -> Plane {
    var values = digit.values
    for y in 0..<digit.height {
      for x in 0..<digit.width {
        for otherY in 0..<digit.height {
          for otherX in 0..<digit.width {
            let (dx, dy) = (otherX - x, otherY - y)
            guard Double(dx * dx + dy * dy) <= radius * radius else { continue }
            let other = digit.values[otherY * digit.width + otherX]
            values[y * digit.width + x] = max(values[y * digit.width + x], other)
          }
        }
      }
    }
    return Plane(width: digit.width, height: digit.height, values: values)
  }

  /// A circle drawn with a pen as wide as a hundredth of the side.
  private func ring(side: Int) -> Plane {
    let middle = Double(side) / 2
    var values: [Float] = []
    for y in 0..<side {
      for x in 0..<side {
        let (dx, dy) = (Double(x) + 0.5 - middle, Double(y) + 0.5 - middle)
        let distance = (dx * dx + dy * dy).squareRoot() - 0.49 * Double(side)
        values.append(abs(distance) < 0.005 * Double(side) ? 1 : 0)
      }
    }
    return Plane(width: side, height: side, values: values)
  }
}
