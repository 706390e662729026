/// Which segment each pixel of an image belongs to.
///
/// Segments are numbered `0 ..< count` without gaps, whatever numbers they came with: whoever keeps a
/// value for each segment indexes it by the label, and is never one off.
public struct LabelMap: Sendable, Hashable {
  public let height: Int
  public let width: Int

  /// The segment of each pixel, row by row.
  public let labels: [Int32]

  /// How many segments there are; each has a pixel.
  public let count: Int

  /// Takes labels of any values; segments are numbered in ascending order of them.
  public init(height: Int, width: Int, renumbering labels: [Int]) {
    precondition(
      height > 0 && width > 0 && labels.count == height * width,
      "\(labels.count) labels for \(height)x\(width) pixels")
    self.height = height
    self.width = width
    var numbers: [Int: Int32] = [:]
    for label in labels { numbers[label] = 0 }
    for (number, label) in numbers.keys.sorted().enumerated() { numbers[label] = Int32(number) }
    count = numbers.count
    self.labels = labels.map { numbers[$0] ?? 0 }
  }

  /// A grid: the cell of a pixel is `⌊row · cells / height⌋`, `⌊column · cells / width⌋`, numbered row by
  /// row. Where there are more cells than pixels on a side, each pixel is a cell.
  public init(grid cells: Int, height: Int, width: Int) {
    precondition(cells > 0, "a grid of \(cells) cells")
    self.init(
      height: height, width: width,
      renumbering: (0..<height).flatMap { row in
        (0..<width).map { column in row * cells / height * cells + column * cells / width }
      })
  }

  /// How many pixels each segment has.
  public var sizes: [Int] {
    var sizes = Array(repeating: 0, count: count)
    for label in labels { sizes[Int(label)] += 1 }
    return sizes
  }

  /// The mean of `values`, one for each pixel, over each segment.
  public func means(of values: some Collection<Float>) -> [Float] {
    precondition(values.count == labels.count, "\(values.count) values of \(labels.count) pixels")
    var sums = Array(repeating: 0.0, count: count)
    for (label, value) in zip(labels, values) { sums[Int(label)] += Double(value) }
    return zip(sums, sizes).map { Float($0 / Double($1)) }
  }
}
