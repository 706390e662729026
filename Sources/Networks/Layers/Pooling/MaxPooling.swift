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
    switch (window.isPlainHalving, pass.purpose.wantsGradients) {
    case (true, true): halve(pass, input, output)
    case (true, false): halveWithoutWinners(pass, input, output)
    case (false, true): pool(pass, input, output, keepsWinners: true)
    case (false, false): pool(pass, input, output, keepsWinners: false)
    }
  }

  public func backward(_ pass: BackwardPass, weights: LayerWeights) {
    guard let dInput = pass.dInputs[0] else { return }
    let input = Planes(pass.inputShapes[0])
    let output = Planes(pass.outputShape)
    if window.isPlainHalving {
      unhalve(pass, dInput, input, output)
    } else {
      unpool(pass, dInput, input, output)
    }
  }
}

// Any window.
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

// Two by two, stride two: windows neither overlap nor leave the input.
extension MaxPooling {
  private func halveWithoutWinners(_ pass: ForwardPass, _ input: Planes, _ output: Planes) {
    for (upper, lower, to) in BlockRows(input, output) {
      let above = pass.inputs[0][upper]
      let below = pass.inputs[0][lower]
      let pooled = pass.output[to]
      for x in 0..<output.width {
        let (a, b) = (above[2 * x], above[2 * x + 1])
        let (c, d) = (below[2 * x], below[2 * x + 1])
        let largest = larger(larger(a, b), larger(c, d))
        pooled[x] = largest.replacing(with: notANumber, where: isAnyNaN(a, b, c, d))
      }
    }
  }

  private func halve(_ pass: ForwardPass, _ input: Planes, _ output: Planes) {
    for (upper, lower, to) in BlockRows(input, output) {
      let above = pass.inputs[0][upper]
      let below = pass.inputs[0][lower]
      let pooled = pass.output[to]
      let winners = pass.cache[to]
      for x in 0..<output.width {
        let (a, b) = (above[2 * x], above[2 * x + 1])
        let (c, d) = (below[2 * x], below[2 * x + 1])
        let (ab, cd) = (larger(a, b), larger(c, d))
        pooled[x] = larger(ab, cd).replacing(with: notANumber, where: isAnyNaN(a, b, c, d))
        // The later one wins only if it is larger. Adding to a masked one is cheaper than choosing
        // between two constants.
        let winnerAbove = Vector.zero.replacing(with: 1, where: b .> a)
        let winnerBelow = Vector.zero.replacing(with: 1, where: d .> c) + 2
        winners[x] = winnerAbove.replacing(with: winnerBelow, where: cd .> ab)
      }
    }
  }

  private func unhalve(
    _ pass: BackwardPass, _ dInput: MutableLanesView, _ input: Planes, _ output: Planes
  ) {
    // The odd last row and column are under no window.
    if input.height % 2 == 1 || input.width % 2 == 1 { dInput.fill(.zero) }
    for (upper, lower, to) in BlockRows(input, output) {
      let above = dInput[upper]
      let below = dInput[lower]
      let dPooled = pass.dOutput[to]
      let winners = pass.cache[to]
      for x in 0..<output.width {
        let (dElement, winner) = (dPooled[x], winners[x])
        above[2 * x] = Vector.zero.replacing(with: dElement, where: winner .== 0)
        above[2 * x + 1] = Vector.zero.replacing(with: dElement, where: winner .== 1)
        below[2 * x] = Vector.zero.replacing(with: dElement, where: winner .== 2)
        below[2 * x + 1] = Vector.zero.replacing(with: dElement, where: winner .== 3)
      }
    }
  }

  @inline(__always)
  private func larger(_ a: Vector, _ b: Vector) -> Vector { b.replacing(with: a, where: a .> b) }

  @inline(__always)
  private func isAnyNaN(_ a: Vector, _ b: Vector, _ c: Vector, _ d: Vector) -> SIMDMask<
    SIMD16<Int32>
  > {
    (a .!= a) .| (b .!= b) .| (c .!= c) .| (d .!= d)
  }

  /// The NaN of all ones, because to put it in place of masked lanes takes one instruction.
  @inline(__always)
  private var notANumber: Vector { Vector(repeating: Float(bitPattern: .max)) }
}

/// The pairs of input rows that make a row of a map of half the size, over all channels.
private struct BlockRows: Sequence, IteratorProtocol {
  let input: Planes
  let output: Planes
  private var channel = 0
  private var row = 0

  init(_ input: Planes, _ output: Planes) {
    self.input = input
    self.output = output
  }

  mutating func next() -> (upper: Range<Int>, lower: Range<Int>, to: Range<Int>)? {
    guard channel < output.channels else { return nil }
    let upper = channel * input.plane + 2 * row * input.width
    let lower = upper + input.width
    let to = channel * output.plane + row * output.width
    row += 1
    if row == output.height { (channel, row) = (channel + 1, 0) }
    return (upper..<lower, lower..<lower + input.width, to..<to + output.width)
  }
}
