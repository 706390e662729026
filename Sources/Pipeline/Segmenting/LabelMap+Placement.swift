import Imaging
import ModelFiles
import Segmentation

extension LabelMap {
  /// What pictures show of the label map at least: what the one does that shows fewest segments, among
  /// those up to twice as wide or as high as the model's input. Of digits nothing is known before
  /// their ink is found; for them the label map stays as it is.
  func leastPlaced(_ preparation: PicturePreparation) -> LabelMap {
    let (height, width) = (preparation.layout.height, preparation.layout.width)
    return [(width: 2 * width, height: height), (width: width, height: 2 * height)]
      .compactMap { picture in
        preparation.settings.fit.pictureFit.placement(
          sourceWidth: picture.width, sourceHeight: picture.height, targetWidth: width,
          targetHeight: height
        ).map(placed)
      }.min { $0.count < $1.count } ?? self
  }

  /// The label map of a whole picture as the model sees it: each pixel of the input has the label at
  /// its centre, and what lies beside the picture is a segment of its own. A map of other size than
  /// the picture is stretched over it.
  func placed(_ placement: Placement) -> LabelMap {
    let across = Double(width) / Double(placement.sourceWidth)
    let down = Double(height) / Double(placement.sourceHeight)
    var seen: [Int] = []
    seen.reserveCapacity(placement.targetWidth * placement.targetHeight)
    for row in 0..<placement.targetHeight {
      for column in 0..<placement.targetWidth {
        let point = placement.source(Point(x: Double(column) + 0.5, y: Double(row) + 0.5))
        let (x, y) = (point.x * across, point.y * down)
        let isInside = x >= 0 && y >= 0 && x < Double(width) && y < Double(height)
        seen.append(isInside ? Int(labels[Int(y) * width + Int(x)]) : count)
      }
    }
    return LabelMap(
      height: placement.targetHeight, width: placement.targetWidth, renumbering: seen)
  }
}
