import Tensors

/// How a pooling window moves along one axis.
///
/// Tap `t` of the window at output `o` reads input `o · stride − before + t · dilation`.
public struct WindowAxis: Hashable, Sendable {
  /// The number of taps.
  public let kernel: Int
  public let stride: Int
  public let dilation: Int

  /// Padding at the start and at the end.
  public let before: Int
  public let after: Int

  /// Whether the last window may hang over the end (ceil mode). As in PyTorch and ONNX it has to
  /// start within the input or the padding before it.
  public let roundsUp: Bool

  public init(
    kernel: Int, stride: Int = 1, dilation: Int = 1, before: Int = 0, after: Int = 0,
    roundsUp: Bool = false
  ) {
    self.kernel = kernel
    self.stride = stride
    self.dilation = dilation
    self.before = before
    self.after = after
    self.roundsUp = roundsUp
  }

  /// From the first to the last tap.
  var span: Int { (kernel - 1) * dilation + 1 }

  /// The number of windows along an input of `length`; `axis` is for the error.
  func outputLength(_ length: Int, axis: Int) throws(ShapeError) -> Int {
    for (setting, value) in [("kernel", kernel), ("stride", stride), ("dilation", dilation)]
    where value < 1 || value > 1 << 20 {
      throw .impossible(setting: setting, value: value)
    }
    for padding in [before, after] where padding < 0 || padding >= span.magnitude {
      throw .impossible(setting: "padding", value: padding)
    }
    let available = length + before + after
    guard span <= available else {
      throw .windowTooLarge(window: span, available: available, axis: axis)
    }
    let room = available - span
    guard roundsUp else { return room / stride + 1 }
    let windows = (room + stride - 1) / stride + 1
    return (windows - 1) * stride < length + before ? windows : windows - 1
  }

  /// Where the first tap of a window would read; negative in the padding.
  @inline(__always)
  func start(_ output: Int) -> Int { output * stride - before }

  /// The taps of the window starting at `start` that read the input, not its padding.
  @inline(__always)
  func taps(from start: Int, length: Int) -> Range<Int> {
    if dilation == 1 {
      let end = min(kernel, length - start)
      return min(max(0, -start), end)..<end
    }
    let first = start < 0 ? (dilation - 1 - start) / dilation : 0
    let end = start < length ? min(kernel, (length - start + dilation - 1) / dilation) : 0
    return min(first, end)..<end
  }

  /// How many taps lie in the input or its padding: what hangs over the end does not count.
  @inline(__always)
  func paddedTaps(from start: Int, length: Int) -> Int {
    min(kernel, (length + after - start + dilation - 1) / dilation)
  }
}

/// A pooling window over `[C, H, W]`, or `[C, L]` with the horizontal axis alone.
public struct PoolingWindow: Hashable, Sendable {
  /// Along H; a single tap where the input is `[C, L]`.
  public let vertical: WindowAxis

  /// Along W, or L.
  public let horizontal: WindowAxis

  public init(vertical: WindowAxis = WindowAxis(kernel: 1), horizontal: WindowAxis) {
    self.vertical = vertical
    self.horizontal = horizontal
  }

  /// A square window without padding that moves by its own width: `size` = 2 halves an image.
  public static func square(_ size: Int) -> PoolingWindow {
    let axis = WindowAxis(kernel: size, stride: size)
    return PoolingWindow(vertical: axis, horizontal: axis)
  }

  /// Whether windows tile 2x2 blocks: the case most networks have.
  public var isPlainHalving: Bool { self == .square(2) }

  func outputShape(_ input: Shape) throws(ShapeError) -> Shape {
    guard 2...3 ~= input.rank, input.rank == 3 || vertical == WindowAxis(kernel: 1) else {
      throw .wrongRank(
        input: 0, found: input, expected: vertical == WindowAxis(kernel: 1) ? 2...3 : 3...3)
    }
    let last = input.rank - 1
    let width = try horizontal.outputLength(input[last], axis: last)
    guard input.rank == 3 else { return [input[0], width] }
    return [input[0], try vertical.outputLength(input[1], axis: 1), width]
  }
}

/// A feature map's sides, with height one for `[C, L]`.
struct Planes {
  let channels: Int
  let height: Int
  let width: Int

  init(_ shape: Shape) {
    channels = shape[0]
    height = shape.rank == 3 ? shape[1] : 1
    width = shape[shape.rank - 1]
  }

  var plane: Int { height * width }
}
