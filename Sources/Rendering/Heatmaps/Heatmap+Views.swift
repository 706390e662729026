public import Imaging

/// Other ways to look at a map and the picture that it is about; both have the same size.
extension Heatmap {
  /// The picture in its colours where the map is among its largest values, pale elsewhere.
  ///
  /// - Parameter share: of the pixels that stay: more where the last of them are equal, since the
  ///   pixels of a segment stay together; what is not above zero never does.
  public func strongest(_ share: Double, of picture: Image) -> Image {
    let threshold = threshold(share)
    return blended(picture) { value, color in
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
    let thresholds = shares.map(threshold)
    func level(_ x: Int, _ y: Int) -> Int {
      let value = map.values[min(y, map.height - 1) * map.width + min(x, map.width - 1)]
      return thresholds.count { value >= $0 }
    }
    let reach = max(1, max(map.width, map.height) / 400)
    var place = 0
    return blended(picture) { _, color in
      let (x, y) = (place % map.width, place / map.width)
      place += 1
      let own = level(x, y)
      let across = level(x + reach, y)
      let down = level(x, y + reach)
      guard own != across || own != down else { return color }
      let strength = Float(max(own, across, down)) / Float(shares.count)
      return colorMap.coveringColor(strength)
    }
  }

  /// Where the largest values begin that make up a share of the map; above zero.
  ///
  /// Upsampling rounds, so that the pixels of a segment differ in their last bits; what differs by
  /// less than `slack` is equal, and what is closer to zero is zero.
  private func threshold(_ share: Double) -> Float {
    var values = Array(map.values.lazy.filter(\.isFinite))
    let count = min(Int((share * Double(values.count)).rounded(.down)), values.count)
    guard count > 0 else { return .infinity }
    let slack = 1e-5 * (values.lazy.map { abs($0) }.max() ?? 0)
    let smallest = values.takeSmallest(values.count - count)
    return max(smallest - slack, slack, .leastNonzeroMagnitude)
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

  private func forEachPixel(of picture: Image, _ body: (Float, Color) -> Void) {
    precondition(
      (picture.width, picture.height) == (map.width, map.height),
      "a map of \(map.width)x\(map.height) over \(picture.width)x\(picture.height)")
    let colored = picture.withEightBits().converted(to: .rgb, over: .white)
    guard case .eight(let levels) = colored.samples else {
      preconditionFailure("eight bits were asked for")
    }
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
