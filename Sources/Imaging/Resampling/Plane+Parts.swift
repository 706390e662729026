extension Plane {
  /// A part of the plane, which must lie inside.
  public func cropped(to part: PixelRectangle) -> Plane {
    precondition(
      part.left >= 0 && part.top >= 0 && part.right <= width && part.bottom <= height,
      "\(part) is not inside \(width)x\(height)")
    var cut: [Float] = []
    cut.reserveCapacity(part.width * part.height)
    for y in part.top..<part.bottom {
      cut += values[y * width + part.left..<y * width + part.right]
    }
    return Plane(width: part.width, height: part.height, values: cut)
  }

  /// The mean position of the values as weights, pixel centres at halves; the middle of a plane of
  /// zeros.
  public var centreOfMass: Point {
    var (sum, x, y) = (0.0, 0.0, 0.0)
    for (index, value) in values.enumerated() {
      sum += Double(value)
      x += Double(value) * (Double(index % width) + 0.5)
      y += Double(value) * (Double(index / width) + 0.5)
    }
    guard sum > 0 else { return Point(x: Double(width) / 2, y: Double(height) / 2) }
    return Point(x: x / sum, y: y / sum)
  }
}
