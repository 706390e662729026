import Tensors

/// How a convolution's kernel moves along one axis.
///
/// Tap `κ` of output `o` reads input `o · stride − before + κ · dilation`, or zero outside.
public struct KernelAxis: Hashable, Sendable {
  /// The number of taps.
  public let kernel: Int
  public let stride: Int
  public let dilation: Int

  /// Padding at the start and at the end.
  public let before: Int
  public let after: Int

  public init(kernel: Int, stride: Int = 1, dilation: Int = 1, before: Int = 0, after: Int = 0) {
    self.kernel = kernel
    self.stride = stride
    self.dilation = dilation
    self.before = before
    self.after = after
  }

  /// The same padding at both ends.
  public init(kernel: Int, stride: Int = 1, dilation: Int = 1, padding: Int) {
    self.init(
      kernel: kernel, stride: stride, dilation: dilation, before: padding, after: padding)
  }

  /// The axis on an input of that length, or what is wrong; `axis` is for the error.
  func checked(length: Int, axis: Int) throws(ShapeError) -> ConvolutionAxis {
    for (setting, value) in [("kernel", kernel), ("stride", stride), ("dilation", dilation)]
    where value < 1 || value > 1 << 20 {
      throw .impossible(setting: setting, value: value)
    }
    for padding in [before, after] where padding < 0 || padding > 1 << 20 {
      throw .impossible(setting: "padding", value: padding)
    }
    let window = (kernel - 1) * dilation + 1
    guard length <= 1 << 30 else { throw .tooLarge(axes: [length]) }
    guard window <= length + before + after else {
      throw .windowTooLarge(window: window, available: length + before + after, axis: axis)
    }
    return on(length: length)
  }

  /// The axis on an input whose length has been checked.
  func on(length: Int) -> ConvolutionAxis {
    ConvolutionAxis(
      length: length, kernel: kernel, stride: stride, dilation: dilation, before: before,
      after: after)
  }
}
