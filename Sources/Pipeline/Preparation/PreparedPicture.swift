public import Imaging

/// A picture made into a model's input, and the way back for maps over that input.
public struct PreparedPicture: Sendable {
  /// The input's numbers in the model's order.
  public let values: [Float]

  /// Where on the picture they come from.
  public let placement: Placement

  /// Whether dark and light were exchanged.
  public let isInverted: Bool
  let layout: PictureLayout

  /// A map over the input with one value for each pixel. ``placement`` brings it back through what the
  /// picture went through.
  ///
  /// - Parameter isOfWholePixels: whether all channels hold the pixel's value. If not, it is their sum,
  ///   which keeps signs and sums.
  public func pixels(of map: [Float], isOfWholePixels: Bool) -> Plane {
    precondition(map.count == values.count, "a map of \(map.count) for \(values.count) numbers")
    let pixels = layout.width * layout.height
    var sums = Array(repeating: Float(0), count: pixels)
    for channel in 0..<(isOfWholePixels ? 1 : layout.channels) {
      for pixel in 0..<pixels {
        sums[pixel] += map[layout.place(channel: channel, pixel: pixel)]
      }
    }
    return Plane(width: layout.width, height: layout.height, values: sums)
  }
}
