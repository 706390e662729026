import Segmentation
import Testing

@Suite struct LabelMapTests {
  @Test func labelsOfAnyValuesAreRenumberedInTheirOrder() {
    let map = LabelMap(height: 2, width: 3, renumbering: [255, 7, 7, -3, 255, 100])
    #expect(map.labels == [3, 1, 1, 0, 3, 2])
    #expect(map.count == 4)
    #expect(map.sizes == [1, 2, 1, 2])
  }

  @Test(arguments: [(28, 28, 7), (5, 7, 3), (224, 100, 9), (3, 3, 10), (1, 1, 1)])
  func cellsOfAGridAreWhereTheFormulaSays(_ height: Int, _ width: Int, _ cells: Int) {
    let map = LabelMap(grid: cells, height: height, width: width)
    #expect(map.count == min(height, cells) * min(width, cells))
    for row in 0..<height {
      for column in 0..<width {
        // Two pixels share a segment exactly where they share a cell.
        let place = (row * cells / height, column * cells / width)
        let first = (0..<height).first { $0 * cells / height == place.0 } ?? 0
        let left = (0..<width).first { $0 * cells / width == place.1 } ?? 0
        #expect(map.labels[row * width + column] == map.labels[first * width + left])
      }
    }
  }

  @Test func meansAreOverSegments() {
    let map = LabelMap(height: 1, width: 4, renumbering: [1, 1, 2, 1])
    #expect(map.means(of: [1, 2, 10, 6]) == [3, 10])
  }
}
