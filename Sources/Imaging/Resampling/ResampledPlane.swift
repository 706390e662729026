/// A plane at another size, of which some rows are made at a time: a large one need not be in memory.
public struct ResampledPlane: Sendable {
  public let width: Int
  public let height: Int
  private let source: Plane
  private let resampler: RowResampler

  /// A part of the plane at another size; where the part reaches beyond the plane, zero.
  init(
    _ source: Plane, _ region: PixelRegion, width: Int, height: Int, method: ResamplingMethod
  ) {
    self.width = width
    self.height = height
    self.source = source
    resampler = RowResampler(
      channels: 1, width: source.width, height: source.height, region: region,
      targetWidth: width, targetHeight: height, method: method, limits: -.infinity ... .infinity)
  }

  /// These rows, to the bit as they are among all.
  public func rows(_ rows: Range<Int>) -> Plane {
    let width = width
    let stride = source.width
    let values = source.values
    var result = [Float](repeating: 0, count: width * rows.count)
    resampler.run(
      rows: rows,
      read: { row, floats in
        let source = values.span.extracting(row * stride..<(row + 1) * stride)
        for index in 0..<stride { floats[index] = source[index] }
      },
      write: { row, floats in
        let start = (row - rows.lowerBound) * width
        for index in 0..<floats.count { result[start + index] = floats[index] }
      })
    return Plane(width: width, height: rows.count, values: result)
  }

  public var whole: Plane { rows(0..<height) }
}
