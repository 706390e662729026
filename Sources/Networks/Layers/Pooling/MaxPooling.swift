public import Tensors

/// Max pooling: the largest element under each window.
///
/// ```
/// y[c, p] = max over taps t of x[c, at(p, t)]
/// dx[c, i] = Σ over p whose winner is i of dy[c, p]
/// ```
///
/// Each lane has its own winner; the cache holds its tap number, row by row through the kernel. Of
/// equal elements the first wins, and a window with a NaN gives NaN, both as in PyTorch; to which
/// element of such a window the gradient goes is not defined. Padding never wins; a window that
/// covers nothing but padding gives −∞.
public struct MaxPooling: Layer, Hashable {
  public let window: PoolingWindow

  public init(_ window: PoolingWindow) { self.window = window }

  public func outputShape(inputs: [Shape], parameters: [Shape]) throws(ShapeError) -> Shape {
    try requireCounts(inputs, 1...1, parameters, 0...0)
    return try window.outputShape(inputs[0])
  }

  public var backwardReads: BackwardReads { .cache }
  public var picksAmongEquals: Bool { true }

  public func cacheCount(inputs: [Shape]) -> Int {
    guard let output = try? window.outputShape(inputs[0]) else { return 0 }
    return output.count
  }

  public func forward(_ pass: ForwardPass, weights: LayerWeights) {
    let input = Planes(pass.inputShapes[0])
    let output = Planes(pass.outputShape)
    switch (window.isPlainHalving, pass.fillsCache) {
    case (true, let keepsWinners):
      halving(input, pass.purpose).run(
        pass.inputs[0], into: pass.output, winners: keepsWinners ? pass.cache : nil)
    case (false, true): pool(pass, input, output, keepsWinners: true)
    case (false, false): pool(pass, input, output, keepsWinners: false)
    }
    if let bounds = pass.bounds {
      ActivationKernel.clip(low: bounds.low, high: bounds.high)
        .run(pass.output.readOnly, into: pass.output, variant: pass.purpose.kernels)
    }
  }

  public func backward(_ pass: BackwardPass, weights: LayerWeights) {
    precondition(
      !pass.isRectified,
      "the rule that took the ReLU in front of a pooling of \(pass.inputShapes[0]) left it alone")
    guard let dInput = pass.dInputs[0] else { return }
    let input = Planes(pass.inputShapes[0])
    let output = Planes(pass.outputShape)
    if window.isPlainHalving {
      halving(input, pass.purpose).runBackward(pass.dOutput, winners: pass.cache, into: dInput)
    } else {
      unpool(pass, dInput, input, output)
    }
  }

  /// Most networks' windows have a kernel of their own.
  private func halving(_ input: Planes, _ purpose: PlanPurpose) -> HalvingKernel {
    HalvingKernel(
      channels: input.channels, height: input.height, width: input.width,
      variant: purpose.kernels)
  }
}

// Any other window.
extension MaxPooling {
  @inline(__always)
  private func pool(_ pass: ForwardPass, _ input: Planes, _ output: Planes, keepsWinners: Bool) {
    let (vertical, horizontal) = (window.vertical, window.horizontal)
    for c in 0..<output.channels {
      let plane = pass.inputs[0][c * input.plane..<(c + 1) * input.plane]
      for y in 0..<output.height {
        let top = vertical.start(y)
        let rows = vertical.taps(from: top, length: input.height)
        let place = c * output.plane + y * output.width
        for x in 0..<output.width {
          let left = horizontal.start(x)
          let columns = horizontal.taps(from: left, length: input.width)
          var largest = Vector(repeating: -.infinity)
          // Where nothing exceeds −∞, the first element wins.
          var winner = Vector(repeating: Float(tap(rows.lowerBound, columns.lowerBound)))
          for row in rows {
            let line = (top + row * vertical.dilation) * input.width
            for column in columns {
              let element = plane[line + left + column * horizontal.dilation]
              // A NaN is not less or equal either.
              let keeps = (element .<= largest) .| (largest .!= largest)
              largest = element.replacing(with: largest, where: keeps)
              if keepsWinners {
                let number = Vector(repeating: Float(tap(row, column)))
                winner = number.replacing(with: winner, where: keeps)
              }
            }
          }
          pass.output[place + x] = largest
          if keepsWinners { pass.cache[place + x] = winner }
        }
      }
    }
  }

  private func unpool(
    _ pass: BackwardPass, _ dInput: MutableLanesView, _ input: Planes, _ output: Planes
  ) {
    dInput.fill(.zero)
    let (vertical, horizontal) = (window.vertical, window.horizontal)
    for c in 0..<output.channels {
      let plane = dInput[c * input.plane..<(c + 1) * input.plane]
      for y in 0..<output.height {
        let top = vertical.start(y)
        let rows = vertical.taps(from: top, length: input.height)
        let place = c * output.plane + y * output.width
        for x in 0..<output.width {
          let left = horizontal.start(x)
          let dElement = pass.dOutput[place + x]
          let winner = pass.cache[place + x]
          for row in rows {
            let line = (top + row * vertical.dilation) * input.width
            for column in horizontal.taps(from: left, length: input.width) {
              let at = line + left + column * horizontal.dilation
              let won = winner .== Float(tap(row, column))
              plane[at] += Vector.zero.replacing(with: dElement, where: won)
            }
          }
        }
      }
    }
  }

  @inline(__always)
  private func tap(_ row: Int, _ column: Int) -> Int { row * window.horizontal.kernel + column }
}
