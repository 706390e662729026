/// The places at which a square window covers parts of an image, row by row.
///
/// ```
/// place k along a side = k · stride,   k = 0 … ⌈(side − window) / stride⌉
/// ```
///
/// Where the steps do not end at the border, the last window hangs over it and only its part inside
/// counts: every pixel is covered, the rim too. These are Captum's places.
struct WindowGrid: Sendable, Hashable {
  let height: Int
  let width: Int
  let window: Int
  let stride: Int

  private let columns: Int

  /// How many places there are.
  let count: Int

  init(height: Int, width: Int, window: Int, stride: Int) {
    precondition(
      (1...min(height, width)).contains(window) && (1...window).contains(stride),
      "a window of \(window) with steps of \(stride) on \(height)x\(width)")
    self.height = height
    self.width = width
    self.window = window
    self.stride = stride
    func places(_ side: Int) -> Int { (side - window + stride - 1) / stride + 1 }
    columns = places(width)
    count = places(height) * columns
  }

  /// What the window covers at a place.
  subscript(place: Int) -> (rows: Range<Int>, columns: Range<Int>) {
    let (top, left) = (place / columns * stride, place % columns * stride)
    return (top..<min(top + window, height), left..<min(left + window, width))
  }

  /// For each pixel the mean of the values of the windows that cover it.
  func averaged(_ values: [Double]) -> [Float] {
    precondition(values.count == count, "\(values.count) values of \(count) windows")
    var sums = Array(repeating: 0.0, count: height * width)
    var covers = Array(repeating: 0.0, count: height * width)
    for (place, value) in values.enumerated() {
      let (rows, columns) = self[place]
      for row in rows {
        for pixel in row * width + columns.lowerBound..<row * width + columns.upperBound {
          sums[pixel] += value
          covers[pixel] += 1
        }
      }
    }
    return zip(sums, covers).map { Float($0 / $1) }
  }
}
