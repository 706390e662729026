/// One number a pixel: a heatmap, or a channel of what a network eats. Rows from the top, pixels from
/// the left; any sign, any size.
public struct Plane: Sendable, Equatable {
  public let width: Int
  public let height: Int
  public let values: [Float]

  /// Makes a plane of as many values as it has pixels; anything else is a mistake of the caller.
  public init(width: Int, height: Int, values: [Float]) {
    precondition(width > 0 && height > 0, "a plane has at least one pixel, not \(width)x\(height)")
    precondition(
      values.count == width * height, "\(values.count) values do not make \(width)x\(height)")
    self.width = width
    self.height = height
    self.values = values
  }
}

extension Plane {
  /// The plane at another size; nothing is cut or rounded, so signs and overshoots stay.
  public func resized(width: Int, height: Int, method: ResamplingMethod) -> Plane {
    if (width, height) == (self.width, self.height) { return self }
    return resampled(
      PixelRegion(columns: 0..<Double(self.width), rows: 0..<Double(self.height)),
      width: width, height: height, method: method)
  }

  /// The plane turned upright, when it is stored as `orientation` says.
  public func oriented(_ orientation: Orientation) -> Plane {
    if orientation == .upright { return self }
    let turning = Turning(
      orientation, storedWidth: width, storedHeight: height, pixelSize: MemoryLayout<Float>.size)
    return Plane(width: turning.width, height: turning.height, values: turning.turned(values))
  }

  /// A part of the plane at another size; where the part reaches beyond the plane, zero.
  func resampled(
    _ region: PixelRegion, width targetWidth: Int, height targetHeight: Int,
    method: ResamplingMethod
  ) -> Plane {
    ResampledPlane(
      self, region, width: targetWidth, height: targetHeight, method: method
    ).whole
  }
}
