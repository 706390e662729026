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

  /// The sum over the channels of a map over the input, which keeps signs and sums. ``placement``
  /// brings it back through what the picture went through.
  public func summed(_ map: [Float]) -> Plane {
    precondition(map.count == values.count, "a map of \(map.count) for \(values.count) numbers")
    let pixels = layout.width * layout.height
    var sums = Array(repeating: Float(0), count: pixels)
    for channel in 0..<layout.channels {
      for pixel in 0..<pixels {
        sums[pixel] += map[layout.place(channel: channel, pixel: pixel)]
      }
    }
    return Plane(width: layout.width, height: layout.height, values: sums)
  }
}
