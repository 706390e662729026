import Imaging

extension Image {
  /// Every sample its own, the same at every run.
  static func noise(width: Int, height: Int, layout: Layout, bitDepth: Int = 8) -> Image {
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    let values = (0..<width * height * layout.channelCount).map { _ -> UInt16 in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt16(truncatingIfNeeded: state >> 40)
    }
    let samples: Samples =
      bitDepth == 16 ? .sixteen(values) : .eight(values.map { UInt8(truncatingIfNeeded: $0) })
    return Image(width: width, height: height, layout: layout, samples: samples)
  }

  /// Smooth, so that JPEG has nothing to lose: channels rise across, down and to the corner.
  static func gradient(width: Int, height: Int, layout: Layout) -> Image {
    var samples: [UInt8] = []
    for row in 0..<height {
      for column in 0..<width {
        let places = [column, row, (column + row) / 2, 255 - column]
        for channel in 0..<layout.channelCount {
          samples.append(UInt8(clamping: 2 * places[channel]))
        }
      }
    }
    return Image(width: width, height: height, layout: layout, samples: .eight(samples))
  }

  /// The largest distance of two samples at one place; the whole range when the shapes differ.
  func largestDifference(to other: Image) -> Int {
    guard width == other.width, height == other.height, layout == other.layout else { return 65536 }
    return switch (samples, other.samples) {
    case (.eight(let own), .eight(let others)): Self.largestDifference(own, others)
    case (.sixteen(let own), .sixteen(let others)): Self.largestDifference(own, others)
    case (.eight, .sixteen), (.sixteen, .eight): 65536
    }
  }

  private static func largestDifference<Sample: FixedWidthInteger>(
    _ own: [Sample], _ others: [Sample]
  ) -> Int {
    zip(own, others).reduce(0) { max($0, abs(Int($1.0) - Int($1.1))) }
  }
}
