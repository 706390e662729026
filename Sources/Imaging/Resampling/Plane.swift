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
    let resampler = RowResampler(
      channels: 1, width: width, height: height, region: region, targetWidth: targetWidth,
      targetHeight: targetHeight, method: method, limits: -.infinity ... .infinity)
    var result = [Float](repeating: 0, count: targetWidth * targetHeight)
    let stride = width
    resampler.run(
      read: { row, floats in
        let source = values.span.extracting(row * stride..<(row + 1) * stride)
        for index in 0..<stride { floats[index] = source[index] }
      },
      write: { row, floats in
        for index in 0..<floats.count { result[row * targetWidth + index] = floats[index] }
      })
    return Plane(width: targetWidth, height: targetHeight, values: result)
  }
}
