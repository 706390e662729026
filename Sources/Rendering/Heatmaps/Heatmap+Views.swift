public import Imaging

/// Other ways to look at a map and the picture that it is about; both have the same size.
extension Heatmap {
  /// The picture in its colours where the map is among its largest values, pale elsewhere.
  ///
  /// - Parameter share: of the pixels that stay: more where the last of them are equal, since the
  ///   pixels of a segment stay together; what is not above zero never does.
  public func strongest(_ share: Double, of picture: Image) -> Image {
    strongest(from: thresholds([share])[0], of: picture)
  }

  /// The same, given the value from which on pixels stay; the map and the picture may be some rows of
  /// larger ones.
  public func strongest(from threshold: Float, of picture: Image) -> Image {
    blended(picture) { value, color in
      value >= threshold ? color : color.faded
    }
  }

  /// The picture with the map's magnitude as its opacity: transparent where the map is zero.
  public func masked(_ picture: Image) -> Image {
    var samples: [UInt8] = []
    samples.reserveCapacity(4 * map.values.count)
    forEachPixel(of: picture) { value, color in
      samples += [
        color.red, color.green, color.blue,
        UInt8((255 * Self.cover(abs(scaled(value)), 1)).rounded()),
      ]
    }
    return Image(width: map.width, height: map.height, layout: .rgba, samples: .eight(samples))
  }

  /// The picture with lines around the parts in which the map is largest.
  ///
  /// - Parameter shares: of the pixels that each line encloses: more where the last of them are equal.
  public func contours(_ shares: [Double], on picture: Image) -> Image {
    ContourLines(thresholds(shares), width: map.width, height: map.height)
      .drawn(on: picture, self, rows: 0..<map.height)
  }

  private func thresholds(_ shares: [Double]) -> [Float] {
    LargestValues.thresholds(shares) { look in look(map) }
  }

  private func blended(_ picture: Image, _ pixel: (Float, Color) -> Color) -> Image {
    var samples: [UInt8] = []
    samples.reserveCapacity(3 * map.values.count)
    forEachPixel(of: picture) { value, color in
      let color = pixel(value, color)
      samples.append(color.red)
      samples.append(color.green)
      samples.append(color.blue)
    }
    return Image(width: map.width, height: map.height, layout: .rgb, samples: .eight(samples))
  }

  /// The picture in three bytes a pixel.
  func samples(of picture: Image) -> [UInt8] {
    precondition(
      (picture.width, picture.height) == (map.width, map.height),
      "a map of \(map.width)x\(map.height) over \(picture.width)x\(picture.height)")
    let colored = picture.withEightBits().converted(to: .rgb, over: .white)
    guard case .eight(let levels) = colored.samples else {
      preconditionFailure("eight bits were asked for")
    }
    return levels
  }

  private func forEachPixel(of picture: Image, _ body: (Float, Color) -> Void) {
    let levels = samples(of: picture)
    for (index, value) in map.values.enumerated() {
      let place = 3 * index
      body(
        value,
        Color(red: levels[place], green: levels[place + 1], blue: levels[place + 2]))
    }
  }
}

extension Color {
  /// Grey and near to a middle grey, so that both light and dark parts step back.
  fileprivate var faded: Color {
    let luma = (Int(red) * 299 + Int(green) * 587 + Int(blue) * 114) / 1000
    return Color(grey: UInt8(150 + (luma - 128) / 4))
  }
}
