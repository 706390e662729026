public import Tensors

/// Channels moved into space: each pixel's `b²` channels become a block of `b × b` pixels.
public struct DepthToSpace: RearrangingLayer, Hashable {
  public let block: Int
  public let order: Order

  /// How the channel number is made of the row in the block, the column, and the new channel.
  public enum Order: String, Sendable, Hashable, CaseIterable {
    /// `(row · b + column) · C + channel`
    case depthColumnRow

    /// `channel · b² + row · b + column`, as PyTorch's pixel shuffle.
    case columnRowDepth
  }

  public init(block: Int, order: Order = .depthColumnRow) {
    self.block = block
    self.order = order
  }

  public func outputShape(inputs: [Shape], parameters: [Shape]) throws(ShapeError) -> Shape {
    let input = try requireOneInput(inputs, parameters)
    guard input.rank == 3 else { throw .wrongRank(input: 0, found: input, expected: 3...3) }
    guard (1...1 << 15).contains(block) else { throw .impossible(setting: "block", value: block) }
    guard input[0].isMultiple(of: block * block) else {
      throw .impossible(setting: "block", value: block)
    }
    return try requireNumberable([
      input[0] / (block * block), input[1] * block, input[2] * block,
    ])
  }

  public func positions(input: Shape, output: Shape) -> [Int32] {
    let plane = input[1] * input[2]
    let (channelStep, rowStep, columnStep) =
      switch order {
      case .depthColumnRow: (1, block * output[0], output[0])
      case .columnRowDepth: (block * block, block, 1)
      }
    return positions(byAxis: [
      (0..<output[0]).map { $0 * channelStep * plane },
      (0..<output[1]).map { $0 / block * input[2] + $0 % block * rowStep * plane },
      (0..<output[2]).map { $0 / block + $0 % block * columnStep * plane },
    ])
  }
}

/// Space moved into channels: each block of `b × b` pixels becomes one pixel, channel
/// `(row · b + column) · C + channel`.
public struct SpaceToDepth: RearrangingLayer, Hashable {
  public let block: Int

  public init(block: Int) { self.block = block }

  public func outputShape(inputs: [Shape], parameters: [Shape]) throws(ShapeError) -> Shape {
    let input = try requireOneInput(inputs, parameters)
    guard input.rank == 3 else { throw .wrongRank(input: 0, found: input, expected: 3...3) }
    guard (1...1 << 15).contains(block), input[1].isMultiple(of: block),
      input[2].isMultiple(of: block)
    else { throw .impossible(setting: "block", value: block) }
    return try requireNumberable([
      input[0] * block * block, input[1] / block, input[2] / block,
    ])
  }

  public func positions(input: Shape, output: Shape) -> [Int32] {
    let (height, width) = (input[1], input[2])
    return positions(byAxis: [
      (0..<output[0]).map { index in
        let (place, channel) = (index / input[0], index % input[0])
        return channel * height * width + place / block * width + place % block
      },
      (0..<output[1]).map { $0 * block * width },
      (0..<output[2]).map { $0 * block },
    ])
  }
}
