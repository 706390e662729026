import Tensors

/// How the elements along the reduced axes become one: `y = finish(combine(part(x), part(x′), …))`.
protocol ReductionFunction {
  static var initial: Vector { get }
  static func part(_ x: Vector) -> Vector
  static func combine(_ a: Vector, _ b: Vector) -> Vector
  static func finish(_ total: Vector, count: Float) -> Vector

  /// `∂y/∂x`; only what ``reads`` names is meaningful.
  static func slope(x: Vector, y: Vector, count: Float, tally: Tally) -> Vector

  static var reads: BackwardReads { get }

  /// Whether the slope depends on a tally over all reduced elements, made before.
  static var tallies: Bool { get }

  static func count(_ x: Vector, y: Vector, into tally: inout Tally)

  /// Whether the largest element is subtracted before and added after.
  static var needsShift: Bool { get }

  // Requirements so that each function has its own loops; see ``PointwiseFunction``.
  static func forward(_ pass: ForwardPass, over axes: [Int])
  static func backward(_ pass: BackwardPass, over axes: [Int])
}

/// What a slope depends on besides the element and the result.
struct Tally {
  var first: Vector
  var second: Vector
}

extension ReductionFunction {
  static var initial: Vector { .zero }
  @inline(__always) static func part(_ x: Vector) -> Vector { x }
  @inline(__always) static func combine(_ a: Vector, _ b: Vector) -> Vector { a + b }
  @inline(__always) static func finish(_ total: Vector, count: Float) -> Vector { total }
  static var tallies: Bool { false }
  @inline(__always) static func count(_ x: Vector, y: Vector, into tally: inout Tally) {}
  static var needsShift: Bool { false }
}

/// Elements that are added up before their sum joins the total: in blocks, rounding errors stay small.
private let blockLength = 128

extension ReductionFunction {
  static func forward(_ pass: ForwardPass, over axes: [Int]) {
    let (input, output) = (pass.inputs[0], pass.output)
    let walk = RowWalk(pass.inputShapes[0], reducing: axes)
    let (length, step) = (walk.rowLength, walk.aStep)
    let shift = pass.scratch
    if needsShift { findLargest(input, walk, into: shift) }

    output.fill(initial)
    walk.forEachRow { position, target, _ in
      if step == 1 {
        for i in 0..<length {
          let x = shifted(input[position + i], shift, target + i)
          output[target + i] = combine(output[target + i], part(x))
        }
      } else {
        for block in stride(from: 0, to: length, by: blockLength) {
          var total = initial
          for i in block..<min(block + blockLength, length) {
            total = combine(total, part(shifted(input[position + i], shift, target)))
          }
          output[target] = combine(output[target], total)
        }
      }
    }
    let count = Float(input.count / output.count)
    for i in 0..<output.count {
      let y = finish(output[i], count: count)
      output[i] = needsShift ? y + shift[i] : y
    }
  }

  /// `dx = dy · ∂y/∂x`
  static func backward(_ pass: BackwardPass, over axes: [Int]) {
    guard let dInput = pass.dInputs[0] else { return }
    let (input, output) = (pass.inputs[0], pass.output)
    let walk = RowWalk(pass.inputShapes[0], reducing: axes)
    let (length, step) = (walk.rowLength, walk.aStep)
    let tally = pass.scratch
    if tallies { count(input, output, walk, into: tally) }

    let count = Float(dInput.count / pass.dOutput.count)
    let (readsInput, readsOutput) = (reads.contains(.inputs), reads.contains(.output))
    walk.forEachRow { position, target, _ in
      for i in 0..<length {
        let (from, to) = (position + i, target + i * step)
        let slope = slope(
          x: readsInput ? input[from] : .zero,
          y: readsOutput ? output[to] : .zero, count: count,
          tally: tallies
            ? Tally(first: tally[2 * to], second: tally[2 * to + 1])
            : Tally(first: .zero, second: .zero))
        dInput[from] = pass.dOutput[to] * slope
      }
    }
  }

  @inline(__always)
  private static func shifted(_ x: Vector, _ shift: MutableLanesView, _ index: Int) -> Vector {
    needsShift ? x - shift[index] : x
  }

  /// The largest of the reduced elements, or zero where that is infinite: nothing to shift by.
  private static func findLargest(
    _ input: LanesView, _ walk: RowWalk, into largest: MutableLanesView
  ) {
    let (length, step) = (walk.rowLength, walk.aStep)
    largest.fill(Vector(repeating: -.infinity))
    walk.forEachRow { position, target, _ in
      for i in 0..<length {
        let place = target + i * step
        largest[place] = .maximum(largest[place], input[position + i])
      }
    }
    for i in 0..<largest.count {
      let value = largest[i]
      largest[i] = value.replacing(with: 0, where: value.magnitudes .== Float.infinity)
    }
  }

  private static func count(
    _ input: LanesView, _ output: LanesView, _ walk: RowWalk, into tallies: MutableLanesView
  ) {
    let (length, step) = (walk.rowLength, walk.aStep)
    for i in 0..<output.count {
      tallies[2 * i] = .zero
      tallies[2 * i + 1] = Vector(repeating: 1)
    }
    walk.forEachRow { position, target, _ in
      for i in 0..<length {
        let place = target + i * step
        var tally = Tally(first: tallies[2 * place], second: tallies[2 * place + 1])
        count(input[position + i], y: output[place], into: &tally)
        tallies[2 * place] = tally.first
        tallies[2 * place + 1] = tally.second
      }
    }
  }
}
