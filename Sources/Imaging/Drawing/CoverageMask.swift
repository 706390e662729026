/// How much of each pixel a shape covers, 0 to 1: what shapes are drawn into before they get a colour.
struct CoverageMask {
  /// Where the mask lies on the picture.
  let bounds: PixelRectangle
  private(set) var values: [Float]

  /// An empty mask over the pixels that a shape within those limits can touch, cut to the picture.
  init(
    columns: ClosedRange<Double>, rows: ClosedRange<Double>, within picture: PixelRectangle
  ) {
    let (left, right) = Self.pixels(columns, from: picture.left, to: picture.right)
    let (top, bottom) = Self.pixels(rows, from: picture.top, to: picture.bottom)
    bounds = PixelRectangle(left: left, top: top, width: right - left, height: bottom - top)
    values = Array(repeating: 0, count: bounds.width * bounds.height)
  }

  private static func pixels(
    _ range: ClosedRange<Double>, from lowest: Int, to highest: Int
  ) -> (Int, Int) {
    // Cut before converting: a shape may reach far beyond anything an integer holds.
    let first = Int(min(max(range.lowerBound, Double(lowest)), Double(highest)))
    let end = Int(min(max(range.upperBound + 1, Double(first)), Double(highest)))
    return (first, end)
  }
}

extension CoverageMask {
  /// The coverage of a pixel of the picture, which must lie within the mask's bounds.
  subscript(column column: Int, row row: Int) -> Float {
    values[(row - bounds.top) * bounds.width + column - bounds.left]
  }
}

extension CoverageMask {
  /// Where the shape would balance; the middle of the mask if nothing is covered.
  var centreOfMass: Point {
    var (sum, sumX, sumY) = (0.0, 0.0, 0.0)
    for row in bounds.top..<bounds.bottom {
      for column in bounds.left..<bounds.right {
        let mass = Double(self[column: column, row: row])
        sum += mass
        sumX += mass * (Double(column) + 0.5)
        sumY += mass * (Double(row) + 0.5)
      }
    }
    guard sum > 0 else {
      return Point(
        x: Double(bounds.left + bounds.right) / 2, y: Double(bounds.top + bounds.bottom) / 2)
    }
    return Point(x: sumX / sum, y: sumY / sum)
  }
}

// MARK: - Strokes

extension CoverageMask {
  /// The mask of strokes, each a line through its points; a single point is a dot.
  init(strokes: [[StrokePoint]], within picture: PixelRectangle) {
    guard let limits = StrokeLimits(strokes) else {
      self.init(columns: 0...0, rows: 0...0, within: picture)
      return
    }
    // Half a pixel more, where the outline fades.
    self.init(
      columns: limits.columns.lowerBound - 0.5...limits.columns.upperBound + 0.5,
      rows: limits.rows.lowerBound - 0.5...limits.rows.upperBound + 0.5, within: picture)
    for stroke in strokes {
      for (index, point) in stroke.enumerated() where index > 0 || stroke.count == 1 {
        self.stroke(from: stroke[max(index - 1, 0)], to: point)
      }
    }
  }

  /// Adds a piece of a stroke with round ends, its radius going evenly from one end to the other.
  ///
  /// A pixel's coverage is how far its centre lies inside the outline, plus a half, between 0 and 1:
  /// exact for straight edges along the pixel grid, close for the others. Pieces of one stroke cover
  /// each other, they do not add up.
  mutating func stroke(from start: StrokePoint, to end: StrokePoint) {
    let reach = max(start.radius, end.radius) + 0.5
    let part = CoverageMask(
      columns: min(start.x, end.x) - reach...max(start.x, end.x) + reach,
      rows: min(start.y, end.y) - reach...max(start.y, end.y) + reach, within: bounds
    ).bounds
    let alongX = end.x - start.x
    let alongY = end.y - start.y
    let square = alongX * alongX + alongY * alongY
    for row in part.top..<part.bottom {
      for column in part.left..<part.right {
        let x = Double(column) + 0.5 - start.x
        let y = Double(row) + 0.5 - start.y
        let share = square > 0 ? min(max((x * alongX + y * alongY) / square, 0), 1) : 0
        let awayX = x - share * alongX
        let awayY = y - share * alongY
        let distance = (awayX * awayX + awayY * awayY).squareRoot()
        let radius = start.radius + share * (end.radius - start.radius)
        // A pen thinner than a pixel leaves a fainter line, not a thinner one.
        let coverage = min(max(radius + 0.5 - distance, 0), min(1, 2 * radius))
        let index = (row - bounds.top) * bounds.width + column - bounds.left
        values[index] = max(values[index], Float(coverage))
      }
    }
  }
}

/// A point of a stroke and half the pen's width there, in pixels from the top left corner.
struct StrokePoint {
  var x: Double
  var y: Double
  var radius: Double
}

/// The smallest upright box that holds all that the pen touches.
struct StrokeLimits {
  let columns: ClosedRange<Double>
  let rows: ClosedRange<Double>

  init?(_ strokes: [[StrokePoint]]) {
    let points = strokes.joined()
    guard let left = points.lazy.map({ $0.x - $0.radius }).min(),
      let right = points.lazy.map({ $0.x + $0.radius }).max(),
      let top = points.lazy.map({ $0.y - $0.radius }).min(),
      let bottom = points.lazy.map({ $0.y + $0.radius }).max()
    else { return nil }
    columns = left...right
    rows = top...bottom
  }
}

// MARK: - Polygons

extension CoverageMask {
  /// Adds the area inside a closed polygon; where it winds round twice, it is still inside.
  ///
  /// Every edge adds, in each pixel row it crosses, the area between it and the right border, signed
  /// by its direction; sums along the rows then give each pixel's exact share.
  mutating func fill(_ corners: [Point]) {
    var steps = [Float](repeating: 0, count: (bounds.width + 1) * bounds.height)
    for index in corners.indices {
      let next = corners[index + 1 == corners.count ? 0 : index + 1]
      addEdge(from: corners[index], to: next, into: &steps)
    }
    for row in 0..<bounds.height {
      var sum: Float = 0
      for column in 0..<bounds.width {
        sum += steps[row * (bounds.width + 1) + column]
        let index = row * bounds.width + column
        values[index] = max(values[index], min(abs(sum), 1))
      }
    }
  }

  private func addEdge(
    from start: Point, to end: Point, into steps: inout [Float]
  ) {
    guard start.y != end.y else { return }
    let direction = start.y < end.y ? 1.0 : -1.0
    let (upper, lower) = start.y < end.y ? (start, end) : (end, start)
    let slope = (lower.x - upper.x) / (lower.y - upper.y)
    let first = max(upper.y, Double(bounds.top))
    let last = min(lower.y, Double(bounds.bottom))
    guard first < last else { return }
    var y = first
    for row in Int(first)..<bounds.bottom where y < last {
      let nextY = min(Double(row + 1), last)
      addSpan(
        row: row - bounds.top, height: direction * (nextY - y),
        from: upper.x + (y - upper.y) * slope - Double(bounds.left),
        to: upper.x + (nextY - upper.y) * slope - Double(bounds.left), into: &steps)
      y = nextY
    }
  }

  /// The piece of an edge inside one pixel row. What lies left of the mask covers all of the row;
  /// what lies right of it covers nothing.
  private func addSpan(
    row: Int, height: Double, from start: Double, to end: Double, into steps: inout [Float]
  ) {
    let base = row * (bounds.width + 1)
    let limit = Double(bounds.width)
    let (left, right) = (min(start, end), max(start, end))
    let first = min(max(left, 0), limit)
    let last = min(max(right, first), limit)
    let perColumn = right > left ? height / (right - left) : 0
    guard right > 0 else {
      steps[base] += Float(height)
      return
    }
    guard left < limit else { return }
    if left < 0 { steps[base] += Float(perColumn * -left) }
    var x = first
    repeat {
      let column = Int(x)
      let nextX = min(Double(column + 1), last)
      let share = right > left ? perColumn * (nextX - x) : height
      let covered = Double(column + 1) - (x + nextX) / 2
      steps[base + column] += Float(share * covered)
      steps[base + column + 1] += Float(share * (1 - covered))
      x = nextX
    } while x < last
  }
}
