import Imaging
import Segmentation

extension LabelMap {
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
