import Tensors

/// The planes of an input: `[C, H, W]`, or anything else whose elements divide evenly among the
/// channels of the ``InputSpace``.
struct ChannelPlanes: Sendable {
  let channels: Int
  let plane: Int
  let height: Int
  let width: Int

  /// Whether the shape is that of an image.
  let isSpatial: Bool

  init(_ shape: Shape, channels: Int) {
    precondition(
      channels > 0 && shape.count % channels == 0, "\(channels) channels in an input of \(shape)")
    self.channels = channels
    plane = shape.count / channels
    isSpatial = shape.rank == 3 && shape[0] == channels
    height = isSpatial ? shape[1] : 1
    width = isSpatial ? shape[2] : plane
  }

  /// The planes of an input that must be an image.
  ///
  /// - Parameter setting: what has no meaning otherwise, for the error.
  init(image shape: Shape, _ context: MethodContext, setting: String) throws(MethodError) {
    self.init(shape, channels: context.space.black.count)
    guard isSpatial else {
      throw .impossible(method: context.name, setting: setting, reason: .needsSpatialInput)
    }
  }

  /// Each channel one value.
  func filled(_ values: [Float]) -> [Float] {
    values.flatMap { Array(repeating: $0, count: plane) }
  }

  func means(of values: [Float]) -> [Float] {
    (0..<channels).map { channel in
      let sum = values[channel * plane..<(channel + 1) * plane].reduce(0) { $0 + Double($1) }
      return Float(sum / Double(plane))
    }
  }

  /// `low + (high − low) · share`, bounds by channel and shares by element.
  func mixed(_ low: [Float], _ high: [Float], _ shares: [Float]) -> [Float] {
    shares.indices.map { index in
      let channel = index / plane
      return low[channel] + (high[channel] - low[channel]) * shares[index]
    }
  }
}
