import Imaging
import ModelFiles
import Segmentation
import Tensors
import Testing

@testable import Pipeline

@Suite struct PlacedLabelMapTests {
  @Test func barsAreASegmentOfTheirOwn() {
    // 4x2 on 4x4: a bar above and one below.
    let placement = Placement.letterbox(
      sourceWidth: 4, sourceHeight: 2, targetWidth: 4, targetHeight: 4)
    let map = LabelMap(height: 2, width: 4, renumbering: [7, 7, 8, 8, 9, 9, 9, 8])
    #expect(
      map.placed(placement).labels == [3, 3, 3, 3, 0, 0, 1, 1, 2, 2, 2, 1, 3, 3, 3, 3])
  }

  @Test func aMapOfOtherSizeIsStretchedOverThePicture() {
    let placement = Placement.stretch(
      sourceWidth: 60, sourceHeight: 40, targetWidth: 6, targetHeight: 4)
    let map = LabelMap(height: 1, width: 2, renumbering: [0, 1])
    #expect(
      map.placed(placement).labels == (0..<24).map { $0 % 6 < 3 ? 0 : 1 })
  }

  @Test func whatACropCutsOffIsNoSegment() {
    let placement = Placement.centreCrop(
      sourceWidth: 6, sourceHeight: 2, targetWidth: 2, targetHeight: 2)
    let map = LabelMap(height: 1, width: 3, renumbering: [5, 6, 7])
    #expect(map.placed(placement).labels == [0, 0, 0, 0])
  }

  /// A crop of a picture twice as wide shows half of the columns, and letterboxed it has half of the
  /// rows and the bars.
  @Test(arguments: [(Fit.stretch, 16), (.crop, 8), (.letterbox, 9), (.digit, 16)])
  func whatPicturesMayNotShowIsNotCounted(fit: Fit, count: Int) throws {
    let preparation = try PicturePreparation([1, 4, 4], InputPreparation(fit: fit))
    let map = LabelMap(grid: 4, height: 4, width: 4)
    #expect(map.leastPlaced(preparation).count == count)
  }
}
