internal import CKernels

/// One axis of a convolution: how the kernel's taps walk along it.
///
/// Tap `κ` of output `o` reads input `o · stride − before + κ · dilation`, or zero outside.
public struct ConvolutionAxis: Hashable, Sendable {
  /// The input's length.
  public let length: Int

  /// The number of taps.
  public let kernel: Int
  public let stride: Int
  public let dilation: Int

  /// Padding at the start and at the end.
  public let before: Int
  public let after: Int

  /// Makes an axis whose kernel fits the padded input.
  public init(
    length: Int, kernel: Int, stride: Int = 1, dilation: Int = 1, before: Int = 0, after: Int = 0
  ) {
    precondition(
      length > 0 && kernel > 0 && stride > 0 && dilation > 0 && before >= 0 && after >= 0,
      "impossible axis: length \(length), kernel \(kernel), stride \(stride), "
        + "dilation \(dilation), padding \(before) and \(after)")
    precondition(
      dilation * (kernel - 1) < length + before + after,
      "a kernel of \(kernel) taps \(dilation) apart on \(length) + \(before) + \(after)")
    self.length = length
    self.kernel = kernel
    self.stride = stride
    self.dilation = dilation
    self.before = before
    self.after = after
  }

  /// The output's length.
  public var outputLength: Int {
    (length + before + after - dilation * (kernel - 1) - 1) / stride + 1
  }
}

/// The sizes of a convolution from `[inputChannels, H, W]` to `[outputChannels, H′, W′]` with weights
/// `[outputChannels, inputChannels / groups, kernel rows, kernel columns]`.
public struct ConvolutionGeometry: Hashable, Sendable {
  public let inputChannels: Int
  public let outputChannels: Int

  /// How many independent convolutions stand side by side; `inputChannels` for a depthwise one.
  public let groups: Int
  public let vertical: ConvolutionAxis
  public let horizontal: ConvolutionAxis

  public init(
    inputChannels: Int, outputChannels: Int, groups: Int = 1,
    vertical: ConvolutionAxis, horizontal: ConvolutionAxis
  ) {
    precondition(
      groups > 0 && inputChannels > 0 && outputChannels > 0
        && inputChannels % groups == 0 && outputChannels % groups == 0,
      "\(inputChannels) channels to \(outputChannels) in \(groups) groups")
    self.inputChannels = inputChannels
    self.outputChannels = outputChannels
    self.groups = groups
    self.vertical = vertical
    self.horizontal = horizontal
  }

  public var weightCount: Int {
    outputChannels * (inputChannels / groups) * vertical.kernel * horizontal.kernel
  }
  public var inputCount: Int { inputChannels * vertical.length * horizontal.length }
  public var outputCount: Int {
    outputChannels * vertical.outputLength * horizontal.outputLength
  }

  /// Floating point operations of one direction for one group of sixteen samples, padding counted as
  /// if it were computed.
  public var operations: Int {
    2 * laneCount * vertical.outputLength * horizontal.outputLength * weightCount
  }

  /// The sizes as C takes them.
  var sizes: CKernels_Convolution {
    CKernels_Convolution(
      inputChannels: Int32(inputChannels), inputHeight: Int32(vertical.length),
      inputWidth: Int32(horizontal.length), outputChannels: Int32(outputChannels),
      outputHeight: Int32(vertical.outputLength), outputWidth: Int32(horizontal.outputLength),
      kernelHeight: Int32(vertical.kernel), kernelWidth: Int32(horizontal.kernel),
      strideY: Int32(vertical.stride), strideX: Int32(horizontal.stride),
      dilationY: Int32(vertical.dilation), dilationX: Int32(horizontal.dilation),
      padTop: Int32(vertical.before), padLeft: Int32(horizontal.before), groups: Int32(groups))
  }
}
