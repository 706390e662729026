import Imaging
import Rendering

/// Sums of maps for each class and column.
struct MeanMaps {
  private struct Sum {
    var count = 0
    var values: [Double] = []
  }

  private var sums: [String: [Sum]] = [:]
  private var width = 0
  private var height = 0

  /// Whether all maps had one size; means of others would mean nothing.
  private var hasOneSize = true

  mutating func add(_ values: MapValues, to label: String) {
    take(width: values.width, height: values.height)
    guard hasOneSize else { return }
    var columns =
      sums[label]
      ?? values.maps.map { _ in Sum(values: Array(repeating: 0, count: width * height)) }
    guard columns.count == values.maps.count else { return }
    for (column, map) in values.maps.enumerated() where map.allSatisfy(\.isFinite) {
      columns[column].count += 1
      for (place, value) in map.enumerated() { columns[column].values[place] += Double(value) }
    }
    sums[label] = columns
  }

  mutating func add(_ other: MeanMaps) {
    if other.width > 0 { take(width: other.width, height: other.height) }
    hasOneSize = hasOneSize && other.hasOneSize
    guard hasOneSize else { return }
    for (label, columns) in other.sums {
      guard let known = sums[label], known.count == columns.count else {
        sums[label] = columns
        continue
      }
      sums[label] = zip(known, columns).map { a, b in
        Sum(count: a.count + b.count, values: zip(a.values, b.values).map { $0 + $1 })
      }
    }
  }

  /// The mean map of a class in a column, as a picture.
  func mean(_ label: String, column: Int, _ bar: ColorBar) throws -> ReportMean? {
    guard hasOneSize, let sum = sums[label]?.dropFirst(column).first, sum.count > 0 else {
      return nil
    }
    let plane = Plane(
      width: width, height: height, values: sum.values.map { Float($0 / Double(sum.count)) })
    let heatmap = Heatmap(plane, scale: .ofMap(clip: 0.01), colorMap: bar.colorMap)
    return ReportMean(
      picture: .inside(bytes: try ImageEncoder.png(heatmap.image), format: .png),
      magnitude: heatmap.magnitude, signs: bar.signs)
  }

  private mutating func take(width: Int, height: Int) {
    if self.width == 0 {
      self.width = width
      self.height = height
    } else if (self.width, self.height) != (width, height) {
      hasOneSize = false
    }
  }
}
