/// The connected pieces of ink in a picture.
struct InkBlobs {
  private struct Blob {
    var box: PixelRectangle
    var ink: Float
  }

  private var blobs: [Blob] = []
  private let plane: Plane

  init(_ plane: Plane) {
    self.plane = plane
    var isVisited = plane.values.map { $0 <= 0 }
    for start in isVisited.indices where !isVisited[start] {
      blobs.append(Self.flood(plane, from: start, &isVisited))
    }
  }

  /// The box around the digit: the piece with the most ink, and all others with at least a fortieth
  /// of its ink, since pens lift; specks of dust have less.
  var mainBox: PixelRectangle? {
    guard let largest = blobs.max(by: { $0.ink < $1.ink }), largest.ink > 0 else { return nil }
    var (left, top) = (plane.width, plane.height)
    var (right, bottom) = (0, 0)
    for blob in blobs where blob.ink >= largest.ink / 40 {
      left = min(left, blob.box.left)
      top = min(top, blob.box.top)
      right = max(right, blob.box.right)
      bottom = max(bottom, blob.box.bottom)
    }
    return PixelRectangle(left: left, top: top, width: right - left, height: bottom - top)
  }

  /// All ink that hangs together with `start`, corners included.
  private static func flood(_ plane: Plane, from start: Int, _ isVisited: inout [Bool]) -> Blob {
    let (width, height) = (plane.width, plane.height)
    var (left, top, right, bottom) = (width, height, 0, 0)
    var ink: Float = 0
    var open = [start]
    isVisited[start] = true
    while let index = open.popLast() {
      let (x, y) = (index % width, index / width)
      (left, right) = (min(left, x), max(right, x + 1))
      (top, bottom) = (min(top, y), max(bottom, y + 1))
      ink += plane.values[index]
      for ny in max(0, y - 1)...min(height - 1, y + 1) {
        for nx in max(0, x - 1)...min(width - 1, x + 1) where !isVisited[ny * width + nx] {
          isVisited[ny * width + nx] = true
          open.append(ny * width + nx)
        }
      }
    }
    return Blob(
      box: PixelRectangle(left: left, top: top, width: right - left, height: bottom - top),
      ink: ink)
  }
}
