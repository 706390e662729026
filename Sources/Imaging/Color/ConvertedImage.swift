extension Image {
  /// The picture with other channels.
  ///
  /// Colour becomes grey by Rec. 601 luma, with Pillow's numbers. Alpha that the new layout has no
  /// room for is laid over the background first; alpha that the old one lacked is opaque.
  public func converted(to layout: Layout, over background: Color = .white) -> Image {
    if layout == self.layout { return self }
    let converted: Samples =
      switch samples {
      case .eight(let values): .eight(convert(values, to: layout, over: background))
      case .sixteen(let values): .sixteen(convert(values, to: layout, over: background))
      }
    return Image(width: width, height: height, layout: layout, samples: converted)
  }

  /// The picture with 8 bits a channel: the nearest of the 256 levels.
  public func withEightBits() -> Image {
    guard case .sixteen(let values) = samples else { return self }
    return Image(
      width: width, height: height, layout: layout, samples: .eight(values.map(nearestByte)))
  }

  /// The picture with 16 bits a channel, which `withEightBits` takes back.
  public func withSixteenBits() -> Image {
    guard case .eight(let values) = samples else { return self }
    return Image(
      width: width, height: height, layout: layout,
      samples: .sixteen(values.map { UInt16($0) * 257 }))
  }

  private func convert<Sample: FixedWidthInteger & UnsignedInteger>(
    _ values: [Sample], to layout: Layout, over background: Color
  ) -> [Sample] {
    let full = Int(Sample.max)
    let levels = full / 255
    let ground = (
      red: Int(background.red) * levels, green: Int(background.green) * levels,
      blue: Int(background.blue) * levels
    )
    let flattens = self.layout.hasAlpha && !layout.hasAlpha
    let from = self.layout
    let sourceChannels = from.channelCount
    let targetChannels = layout.channelCount
    var result = [Sample](repeating: 0, count: width * height * targetChannels)
    var target = result.mutableSpan
    let source = values.span
    for pixel in 0..<width * height {
      let start = pixel * sourceChannels
      var red = Int(source[start])
      var green = from.isGrey ? red : Int(source[start + 1])
      var blue = from.isGrey ? red : Int(source[start + 2])
      let alpha = from.hasAlpha ? Int(source[start + sourceChannels - 1]) : full
      if flattens {
        red = mix(red, over: ground.red, alpha: alpha, full: full)
        green = mix(green, over: ground.green, alpha: alpha, full: full)
        blue = mix(blue, over: ground.blue, alpha: alpha, full: full)
      }
      let place = pixel * targetChannels
      if layout.isGrey {
        // Equal channels give their own value, so grey that stays grey is untouched.
        target[place] = Sample(luma(red: red, green: green, blue: blue))
      } else {
        target[place] = Sample(red)
        target[place + 1] = Sample(green)
        target[place + 2] = Sample(blue)
      }
      if layout.hasAlpha { target[place + targetChannels - 1] = Sample(alpha) }
    }
    return result
  }
}

/// The nearest of the 256 levels; 65535 is 255 · 257, so this is exact in whole numbers.
func nearestByte(_ value: UInt16) -> UInt8 { UInt8((Int(value) + 128) / 257) }

/// `value` laid over `ground`, to the nearest level.
@inline(__always)
func mix(_ value: Int, over ground: Int, alpha: Int, full: Int) -> Int {
  (value * alpha + ground * (full - alpha) + full / 2) / full
}
