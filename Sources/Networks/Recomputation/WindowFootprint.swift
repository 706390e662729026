/// Which outputs of a sliding window change with which inputs, along one axis.
///
/// Output `o` reads inputs `o · stride − before … o · stride − before + span − 1`.
struct WindowFootprint: Sendable, Hashable {
  /// From the first to the last tap.
  let span: Int
  let stride: Int
  let before: Int
  let outputLength: Int

  /// Outputs are computed in tiles of so many, the first at 0; the last tile may hang over the end.
  let tile: Int

  /// The outputs that read these inputs.
  func reached(by input: LaneRanges) -> LaneRanges {
    input.map { inputs in
      let first = inputs.lowerBound - span + 1 + before
      let last = inputs.upperBound - 1 + before
      let start = min(max(0, first + stride - 1) / stride, outputLength)
      let end = last < 0 ? 0 : min(last / stride, outputLength - 1) + 1
      return start..<max(start, end)
    }
  }

  /// The whole tiles that hold these outputs; the last one may reach beyond the end.
  func tiles(holding output: LaneRanges) -> LaneRanges {
    guard tile > 1 else { return output }
    return output.map { outputs in
      outputs.lowerBound / tile * tile..<(outputs.upperBound + tile - 1) / tile * tile
    }
  }

  /// The length of all tiles.
  var tiledLength: Int { (outputLength + tile - 1) / tile * tile }

  /// The inputs that these outputs read; some may lie outside, in the padding.
  func read(by output: LaneRanges) -> LaneRanges {
    let isEmpty = output.isEmpty
    var inputs = LaneRanges(
      starts: output.starts &* Int32(stride) &- Int32(before),
      ends: (output.ends &- 1) &* Int32(stride) &+ Int32(span - before))
    inputs.ends.replace(with: inputs.starts, where: isEmpty)
    return inputs
  }

  func read(by output: LaneSpan) -> LaneSpan {
    LaneSpan(
      starts: output.starts &* Int32(stride) &- Int32(before),
      length: (output.length - 1) * stride + span)
  }
}
