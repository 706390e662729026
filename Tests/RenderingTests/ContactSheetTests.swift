import Imaging
import Testing

@testable import Rendering

@Suite("Contact sheets")
struct ContactSheetTests {
  private func picture(_ width: Int, _ height: Int) -> Image {
    Image(
      width: width, height: height, layout: .grey,
      samples: .eight((0..<width * height).map { UInt8($0 % 251) }))
  }

  @Test(
    "pictures keep their proportions, small ones pixel by pixel",
    arguments: [
      (28, 28, 112, 112), (10, 20, 50, 100), (112, 112, 112, 112), (300, 150, 112, 56),
      (2000, 1, 112, 1),
    ])
  func fits(_ width: Int, _ height: Int, _ newWidth: Int, _ newHeight: Int) {
    let fitted = ContactSheet.fitted(picture(width, height))
    #expect((fitted.width, fitted.height) == (newWidth, newHeight))
  }

  @Test("every picture stands on the sheet, a row full before the next begins")
  func arranges() {
    func size(_ count: Int) -> (Int, Int) {
      let tiles = (0..<count).map { _ in ContactSheet.Tile(picture(28, 28), lines: ["a", "b"]) }
      let image = ContactSheet(title: "t", tiles: tiles).image(columns: 4)
      return (image.width, image.height)
    }
    let (one, two) = (size(4), size(5))
    #expect(one.0 == two.0)
    #expect(two.1 - one.1 > 112)
    #expect(size(0).1 < one.1)
  }
}
