public import Tensors

/// Average pooling: the mean of the elements under each window.
///
/// ```
/// y[c, p] = Σ over taps t of x[c, at(p, t)] / n(p)
/// dx[c, i] = Σ over p, t with at(p, t) = i of dy[c, p] / n(p)
/// ```
///
/// `n` counts the taps in the input and, if ``countsPadding``, those in its padding; taps that hang
/// over the padded end in ceil mode never count, as in PyTorch and ONNX. A window over nothing gives
/// zero.
public struct AveragePooling: Layer, Hashable {
  public let window: PoolingWindow

  /// Whether the zeros of the padding take part in the mean.
  public let countsPadding: Bool

  public init(_ window: PoolingWindow, countsPadding: Bool) {
    self.window = window
    self.countsPadding = countsPadding
  }

  public func outputShape(inputs: [Shape], parameters: [Shape]) throws(ShapeError) -> Shape {
    try requireCounts(inputs, 1...1, parameters, 0...0)
    return try window.outputShape(inputs[0])
  }

  public var backwardReads: BackwardReads { [] }

  public func forward(_ pass: ForwardPass, weights: LayerWeights) {
    let input = Planes(pass.inputShapes[0])
    let output = Planes(pass.outputShape)
    let (vertical, horizontal) = (window.vertical, window.horizontal)
    for c in 0..<output.channels {
      let plane = pass.inputs[0][c * input.plane..<(c + 1) * input.plane]
      for y in 0..<output.height {
        let top = vertical.start(y)
        let rows = vertical.taps(from: top, length: input.height)
        for x in 0..<output.width {
          let left = horizontal.start(x)
          let columns = horizontal.taps(from: left, length: input.width)
          var sum = Vector.zero
          for row in rows {
            let line = (top + row * vertical.dilation) * input.width + left
            for column in columns { sum += plane[line + column * horizontal.dilation] }
          }
          let share = share(rows, top, columns, left, input)
          pass.output[c * output.plane + y * output.width + x] = sum * share
        }
      }
    }
  }

  public func backward(_ pass: BackwardPass, weights: LayerWeights) {
    guard let dInput = pass.dInputs[0] else { return }
    dInput.fill(.zero)
    let input = Planes(pass.inputShapes[0])
    let output = Planes(pass.outputShape)
    let (vertical, horizontal) = (window.vertical, window.horizontal)
    for c in 0..<output.channels {
      let plane = dInput[c * input.plane..<(c + 1) * input.plane]
      for y in 0..<output.height {
        let top = vertical.start(y)
        let rows = vertical.taps(from: top, length: input.height)
        for x in 0..<output.width {
          let left = horizontal.start(x)
          let columns = horizontal.taps(from: left, length: input.width)
          let dElement =
            pass.dOutput[c * output.plane + y * output.width + x]
            * share(rows, top, columns, left, input)
          for row in rows {
            let line = (top + row * vertical.dilation) * input.width + left
            for column in columns { plane[line + column * horizontal.dilation] += dElement }
          }
        }
      }
    }
  }

  /// `1 / n` of the window whose first taps would read that row and column.
  func share(top: Int, left: Int, _ input: Planes) -> Float {
    let rows = window.vertical.taps(from: top, length: input.height)
    let columns = window.horizontal.taps(from: left, length: input.width)
    return share(rows, top, columns, left, input)
  }

  @inline(__always)
  private func share(
    _ rows: Range<Int>, _ top: Int, _ columns: Range<Int>, _ left: Int, _ input: Planes
  ) -> Float {
    let taps =
      countsPadding
      ? window.vertical.paddedTaps(from: top, length: input.height)
        * window.horizontal.paddedTaps(from: left, length: input.width)
      : rows.count * columns.count
    return taps > 0 ? 1 / Float(taps) : 0
  }
}
