import Imaging
import TestSupport
import Testing

@Suite struct DrawnDigitsTests {
  static let digits = DrawnDigits(seed: 3)

  private func levels(_ image: Image) -> [Int] {
    guard case .eight(let values) = image.samples else { return [] }
    return values.map(Int.init)
  }

  @Test func aDigitDependsOnItsSeedAndNumberOnly() {
    let later = Self.digits.digit(17).image
    _ = Self.digits.digit(16)
    #expect(DrawnDigits(seed: 3).digit(17).image == later)
    #expect(DrawnDigits(seed: 4).digit(17).image != later)
    #expect(Self.digits.digit(27).image != later)
    #expect(Self.digits.scan(17).image == DrawnDigits(seed: 3).scan(17).image)
  }

  @Test func labelsGoRound() {
    #expect((0..<20).map { Self.digits.digit($0).label } == Array(0...9) + Array(0...9))
  }

  /// MNIST's frame: ink in 20x20, its centre of mass in the middle to half a pixel.
  @Test func digitsLieAsMNISTsDo() {
    for index in 0..<300 {
      let image = Self.digits.digit(index).image
      #expect(image.width == 28 && image.height == 28 && image.layout == .grey)
      let values = levels(image)
      let inked = values.indices.filter { values[$0] > 127 }
      let columns = inked.map { $0 % 28 }
      let rows = inked.map { $0 / 28 }
      #expect(columns.max()! - columns.min()! < 20 && rows.max()! - rows.min()! < 20)
      #expect(max(columns.max()! - columns.min()!, rows.max()! - rows.min()!) >= 17)
      let mass = Double(values.reduce(0, +))
      let x = values.indices.reduce(0.0) { $0 + Double(values[$1]) * (Double($1 % 28) + 0.5) }
      let y = values.indices.reduce(0.0) { $0 + Double(values[$1]) * (Double($1 / 28) + 0.5) }
      #expect(abs(x / mass - 14) < 0.52 && abs(y / mass - 14) < 0.52, "digit \(index)")
    }
  }

  @Test func scansAreDarkInkOnLightPaperAndWhole() {
    for index in 0..<20 {
      let image = Self.digits.scan(index, width: 90, height: 120).image
      #expect(image.width == 90 && image.height == 120 && image.layout == .rgb)
      let grey = levels(image.converted(to: .grey))
      let paper = grey.sorted()[grey.count * 3 / 4]
      let inked = grey.indices.filter { grey[$0] < paper - 80 }
      #expect(paper > 170)
      #expect(inked.count > 150 && inked.count < grey.count / 4)
      #expect(inked.allSatisfy { (1..<89).contains($0 % 90) && (1..<119).contains($0 / 90) })
    }
  }
}
