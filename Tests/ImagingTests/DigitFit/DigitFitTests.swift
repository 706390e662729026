import Imaging
import TestSupport
import Testing

@Suite struct DigitFitTests {
  @Test func aDigitMadeForANetworkIsLeftAsItIs() throws {
    for name in try Fixtures.names(in: "digits") where !name.contains("scan") {
      let picture = try ImageFile.read(Fixtures.path("digits/" + name)).image
      let fit = DigitFit(picture)
      #expect(!fit.isInverted, "\(name)")
      let levels = try picture.eightBitSamples()
      #expect(fit.ink.values == levels.map { Float($0) / 255 }, "\(name)")
    }
  }

  @Test func theInkOfAScanFillsTheBoxAndStandsInTheMiddle() throws {
    for name in try Fixtures.names(in: "digits") where name.contains("scan") {
      let fit = DigitFit(try ImageFile.read(Fixtures.path("digits/" + name)).image)
      #expect(fit.isInverted && fit.foundInk, "\(name)")
      #expect(max(fit.placement.window.width, fit.placement.window.height) == 20, "\(name)")
      let centre = fit.ink.centreOfMass
      #expect(abs(centre.x - 14) <= 1 && abs(centre.y - 14) <= 1, "\(name): \(centre)")
      #expect(fit.ink.values.max() == 1)
    }
  }

  @Test func polarityDoesNotMatter() {
    let (dark, light) = (cross(ink: 30, paper: 220), cross(ink: 220, paper: 30))
    #expect(DigitFit(dark).ink == DigitFit(light).ink)
    #expect(DigitFit(dark).isInverted && !DigitFit(light).isInverted)
  }

  @Test func aSlopingShadeOfPaperIsTakenAway() {
    let plain = DigitFit(cross(ink: 20, paper: 200))
    let sloping = DigitFit(cross(ink: 20, paper: 200, slope: 0.4))
    #expect(plain.placement == sloping.placement)
  }

  @Test func dustIsNotPartOfTheDigit() {
    let clean = DigitFit(cross(ink: 20, paper: 200))
    let dusty = DigitFit(cross(ink: 20, paper: 200, dust: true))
    #expect(clean.placement == dusty.placement)
  }

  @Test func blankPaperIsSaidToBeBlank() {
    let blank = Image(
      width: 40, height: 30, layout: .grey, samples: .eight(Array(repeating: 200, count: 1200)))
    let fit = DigitFit(blank)
    #expect(!fit.foundInk)
    #expect(fit.ink.values.allSatisfy { $0 == 0 })
  }

  /// A cross off the middle of a sheet of 120x90.
  private func cross(
    ink: UInt8, paper: UInt8, slope: Double = 0, dust: Bool = false
  ) -> Image {
    var levels: [UInt8] = []
    for y in 0..<90 {
      for x in 0..<120 {
        let isInk =
          (30..<70).contains(x) && (36..<44).contains(y)
          || (46..<54).contains(x) && (20..<60).contains(y)
        let isDust = dust && (x, y) == (100, 80)
        let shade = Double(paper) - slope * Double(x)
        levels.append(isInk || isDust ? ink : UInt8(shade))
      }
    }
    return Image(width: 120, height: 90, layout: .grey, samples: .eight(levels))
  }
}
