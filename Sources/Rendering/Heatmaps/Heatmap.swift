public import Imaging

/// A map of numbers as a picture: by itself, or over the picture that it is about.
public struct Heatmap: Sendable {
  public let map: Plane

  /// The magnitude that gets the full colour; zero if there is nothing to see.
  public let magnitude: Double
  public let colorMap: ColorMap

  public init(_ map: Plane, scale: HeatmapScale, colorMap: ColorMap) {
    self.map = map
    self.colorMap = colorMap
    magnitude = scale.magnitude(map)
  }

  /// The colours alone.
  public var image: Image { image(of: map.values.lazy.map { colorMap.color(scaled($0)) }) }

  /// The colours where there is something to see, `ground` elsewhere: no colour says that there the
  /// map is zero.
  public func image(where isSeen: [Bool], else ground: Color) -> Image {
    image(
      of: zip(map.values, isSeen).lazy.map { value, isSeen in
        isSeen ? colorMap.color(scaled(value)) : ground
      })
  }

  private func image(of colors: some Sequence<Color>) -> Image {
    var samples: [UInt8] = []
    samples.reserveCapacity(3 * map.values.count)
    for color in colors {
      samples.append(color.red)
      samples.append(color.green)
      samples.append(color.blue)
    }
    return Image(width: map.width, height: map.height, layout: .rgb, samples: .eight(samples))
  }

  /// The colours by themselves, as transparent as they cover a picture little.
  public func layer(opacity: Double) -> Image {
    var samples: [UInt8] = []
    samples.reserveCapacity(4 * map.values.count)
    for value in map.values {
      let strength = scaled(value)
      let color = colorMap.coveringColor(strength)
      let cover = Self.cover(abs(strength), opacity)
      samples += [color.red, color.green, color.blue, UInt8((255 * cover).rounded())]
    }
    return Image(width: map.width, height: map.height, layout: .rgba, samples: .eight(samples))
  }

  /// The colours over a picture of the same size.
  ///
  /// A pixel's colour covers the picture the more, the larger its magnitude, up to `opacity`; where
  /// the map is zero the picture stays as it is. The picture is made grey first, so that whatever
  /// has a colour is the map's.
  public func overlaid(on picture: Image, opacity: Double) -> Image {
    precondition(
      (picture.width, picture.height) == (map.width, map.height),
      "a map of \(map.width)x\(map.height) over \(picture.width)x\(picture.height)")
    let base = picture.withEightBits().converted(to: .grey)
    guard case .eight(let levels) = base.samples else {
      preconditionFailure("eight bits were asked for")
    }
    var samples: [UInt8] = []
    samples.reserveCapacity(3 * levels.count)
    for (level, value) in zip(levels, map.values) {
      let strength = scaled(value)
      let color = colorMap.coveringColor(strength)
      let cover = Self.cover(abs(strength), opacity)
      for channel in [color.red, color.green, color.blue] {
        let mixed = Float(level) + (Float(channel) - Float(level)) * cover
        samples.append(UInt8(mixed.rounded()))
      }
    }
    return Image(width: map.width, height: map.height, layout: .rgb, samples: .eight(samples))
  }

  /// A value in units of the full colour, −1…1; nothing where the map has no number.
  func scaled(_ value: Float) -> Float {
    // A magnitude above zero may be none in single precision.
    guard magnitude > 0, value.isFinite, value != 0 else { return 0 }
    return min(max(value / Float(magnitude), -1), 1)
  }

  /// How much of a pixel the colour covers: rises steeply, so that a fifth of the full magnitude
  /// can be seen, and reaches `opacity` at the full magnitude.
  static func cover(_ strength: Float, _ opacity: Double) -> Float {
    Float(opacity) * (strength * (2 - strength))
  }
}
