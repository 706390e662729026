extension Image {
  /// The picture at another size.
  ///
  /// Works on the values as they are (no gamma is undone), as Pillow, OpenCV and the training of
  /// practically every classifier do. Where there is alpha, colour counts by its alpha, so that what
  /// hides under transparent pixels does not bleed. Results are rounded to the nearest level, halves
  /// up, once, at the end.
  public func resized(width: Int, height: Int, method: ResamplingMethod) -> Image {
    if (width, height) == (self.width, self.height) { return self }
    if method == .nearest, width % self.width == 0, height % self.height == 0 {
      return enlarged(width / self.width, height / self.height)
    }
    return resampled(
      PixelRegion(columns: 0..<Double(self.width), rows: 0..<Double(self.height)),
      width: width, height: height, method: method)
  }

  /// A part of the picture at another size.
  func resampled(
    _ region: PixelRegion, width: Int, height: Int, method: ResamplingMethod
  ) -> Image {
    let resized: Samples =
      switch samples {
      case .eight(let values): .eight(resample(values, region, width, height, method))
      case .sixteen(let values): .sixteen(resample(values, region, width, height, method))
      }
    return Image(width: width, height: height, layout: layout, samples: resized)
  }

  /// Each pixel as a rectangle of its colour.
  private func enlarged(_ across: Int, _ down: Int) -> Image {
    let enlarged: Samples =
      switch samples {
      case .eight(let values): .eight(repeated(values, across, down))
      case .sixteen(let values): .sixteen(repeated(values, across, down))
      }
    return Image(
      width: width * across, height: height * down, layout: layout, samples: enlarged)
  }

  private func repeated<Sample>(_ values: [Sample], _ across: Int, _ down: Int) -> [Sample] {
    let channels = layout.channelCount
    var result: [Sample] = []
    result.reserveCapacity(values.count * across * down)
    for row in 0..<height {
      let start = result.count
      for pixel in row * width..<(row + 1) * width {
        let color = values[pixel * channels..<(pixel + 1) * channels]
        for _ in 0..<across { result.append(contentsOf: color) }
      }
      let squares = result[start...]
      for _ in 1..<max(down, 1) { result.append(contentsOf: squares) }
    }
    return result
  }

  private func resample<Sample: FixedWidthInteger & UnsignedInteger>(
    _ values: [Sample], _ region: PixelRegion, _ targetWidth: Int, _ targetHeight: Int,
    _ method: ResamplingMethod
  ) -> [Sample] {
    let channels = layout.channelCount
    let full = Float(Sample.max)
    // The nearest pixel is taken as it is, with the colour it has even where it is transparent.
    let weighsByAlpha = layout.hasAlpha && method != .nearest
    let resampler = RowResampler(
      channels: channels, width: width, height: height, region: region,
      targetWidth: targetWidth, targetHeight: targetHeight, method: method, limits: 0...full)
    let sourceStride = width * channels
    let targetStride = targetWidth * channels
    var result = [Sample](repeating: 0, count: targetStride * targetHeight)
    var straight = [Float](repeating: 0, count: targetWidth * channels)
    resampler.run(
      read: { row, floats in
        let source = values.span.extracting(row * sourceStride..<(row + 1) * sourceStride)
        for index in 0..<sourceStride { floats[index] = Float(source[index]) }
        if weighsByAlpha { multiplyByAlpha(&floats, channels: channels, full: full) }
      },
      write: { row, floats in
        if weighsByAlpha {
          divideByAlpha(floats, into: &straight, channels: channels, full: full)
          round(straight.span, into: &result, at: row * targetStride)
        } else {
          round(floats, into: &result, at: row * targetStride)
        }
      })
    return result
  }
}

private func round<Sample: FixedWidthInteger & UnsignedInteger>(
  _ values: Span<Float>, into levels: inout [Sample], at start: Int
) {
  var levels = levels.mutableSpan
  for index in 0..<values.count { levels[start + index] = level(of: values[index]) }
}

/// The nearest level, halves up, of a value that may overshoot.
///
/// Adding 2^23 to a small positive float leaves its nearest whole number in the low bits; where that
/// went up, one less is the whole part. Unlike a conversion, this vectorises.
@inline(__always)
func level<Sample: FixedWidthInteger & UnsignedInteger>(of value: Float) -> Sample {
  let raised = min(max(value, 0), Float(Sample.max)) + 0.5
  let shifted = raised + 0x1p23
  let wentUp: UInt32 = shifted - 0x1p23 > raised ? 1 : 0
  return Sample(truncatingIfNeeded: shifted.bitPattern &- wentUp)
}

private func multiplyByAlpha(_ row: inout MutableSpan<Float>, channels: Int, full: Float) {
  for pixel in stride(from: 0, to: row.count, by: channels) {
    let share = row[pixel + channels - 1] / full
    for channel in 0..<channels - 1 { row[pixel + channel] *= share }
  }
}

private func divideByAlpha(
  _ row: Span<Float>, into straight: inout [Float], channels: Int, full: Float
) {
  for pixel in stride(from: 0, to: row.count, by: channels) {
    let alpha = min(max(row[pixel + channels - 1], 0), full)
    let share = alpha > 0 ? full / alpha : 0
    for channel in 0..<channels - 1 {
      straight[pixel + channel] = row[pixel + channel] * share
    }
    straight[pixel + channels - 1] = alpha
  }
}
