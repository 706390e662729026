import Networks

/// The sliding window of a convolution or pooling node: kernel, strides, dilations, padding, as the
/// node's attributes and the input's lengths make them.
struct WindowSettings {
  /// One entry for each spatial axis.
  let kernel: [Int]
  let strides: [Int]
  let dilations: [Int]
  let before: [Int]
  let after: [Int]
  let roundsUp: Bool

  /// `lengths` are the input's spatial axes.
  init(
    _ context: NodeContext, kernel: [Int], lengths: [Int]
  ) throws(NodeProblem) {
    let axes = lengths.count
    func list(_ name: String, _ standard: Int, _ range: ClosedRange<Int>, count: Int)
      throws(NodeProblem) -> [Int]
    {
      guard let values = context.integers(name), !values.isEmpty else {
        return Array(repeating: standard, count: count)
      }
      guard values.count == count, values.allSatisfy(range.contains) else {
        throw .wrongAttribute(name: name, value: "\(values)")
      }
      return values
    }
    let sizes = 1...1 << 20
    guard kernel.count == axes, kernel.allSatisfy(sizes.contains) else {
      throw .wrongAttribute(name: "kernel_shape", value: "\(kernel)")
    }
    self.kernel = kernel
    strides = try list("strides", 1, sizes, count: axes)
    dilations = try list("dilations", 1, sizes, count: axes)
    roundsUp = context.flag("ceil_mode")

    let padding = context.text("auto_pad", default: "NOTSET")
    switch padding {
    case "NOTSET":
      let pads = try list("pads", 0, 0...1 << 20, count: 2 * axes)
      before = Array(pads[..<axes])
      after = Array(pads[axes...])
    case "VALID":
      before = Array(repeating: 0, count: axes)
      after = before
    case "SAME_UPPER", "SAME_LOWER":
      var low: [Int] = []
      var high: [Int] = []
      for axis in 0..<axes {
        let outputs = (lengths[axis] + strides[axis] - 1) / strides[axis]
        let span = (kernel[axis] - 1) * dilations[axis] + 1
        let total = max(0, (outputs - 1) * strides[axis] + span - lengths[axis])
        let half = total / 2
        low.append(padding == "SAME_UPPER" ? half : total - half)
        high.append(padding == "SAME_UPPER" ? total - half : half)
      }
      before = low
      after = high
    default: throw .unsupportedSetting(name: "auto_pad", value: padding)
    }
  }

  /// One axis as the pooling layers want it.
  func axis(_ index: Int) -> WindowAxis {
    WindowAxis(
      kernel: kernel[index], stride: strides[index], dilation: dilations[index],
      before: before[index], after: after[index], roundsUp: roundsUp)
  }

  /// One axis as the convolutions want it.
  func kernelAxis(_ index: Int) -> KernelAxis {
    KernelAxis(
      kernel: kernel[index], stride: strides[index], dilation: dilations[index],
      before: before[index], after: after[index])
  }
}
