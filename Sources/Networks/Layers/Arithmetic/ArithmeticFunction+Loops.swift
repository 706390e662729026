import Tensors

// The loops behind ``ArithmeticFunction``, over whatever the operands are.
extension ArithmeticFunction {
  static func compute<A: ElementSource, B: ElementSource>(
    _ a: A, _ b: B, _ walk: RowWalk, _ output: MutableLanesView
  ) {
    let (length, aStep, bStep) = (walk.rowLength, walk.aStep, walk.bStep)
    walk.forEachRow { position, aStart, bStart in
      for i in 0..<length {
        output[position + i] = value(a[aStart + i * aStep], b[bStart + i * bStep])
      }
    }
  }

  /// `dA = Σ dOutput · ∂f/∂a` over the places that an element of `a` was stretched to.
  static func gradientA<A: ElementSource, B: ElementSource>(
    _ a: A, _ b: B, _ walk: RowWalk, _ dOutput: LanesView, into dA: MutableLanesView
  ) {
    if dA.count == dOutput.count {
      gradientA(a, b, walk, dOutput, AssigningSink(view: dA))
    } else {
      dA.fill(.zero)
      gradientA(a, b, walk, dOutput, AddingSink(view: dA))
    }
  }

  /// `dB = Σ dOutput · ∂f/∂b` likewise.
  static func gradientB<A: ElementSource, B: ElementSource>(
    _ a: A, _ b: B, _ walk: RowWalk, _ dOutput: LanesView, into dB: MutableLanesView
  ) {
    if dB.count == dOutput.count {
      gradientB(a, b, walk, dOutput, AssigningSink(view: dB))
    } else {
      dB.fill(.zero)
      gradientB(a, b, walk, dOutput, AddingSink(view: dB))
    }
  }

  static func gradientA<A: ElementSource, B: ElementSource, S: GradientSink>(
    _ a: A, _ b: B, _ walk: RowWalk, _ dOutput: LanesView, _ sink: S
  ) {
    let (length, aStep, bStep) = (walk.rowLength, walk.aStep, walk.bStep)
    walk.forEachRow { position, aStart, bStart in
      if aStep == 0 {
        var sum = Vector.zero
        for i in 0..<length {
          let slope = slopeA(operand(a, aStart), operand(b, bStart + i * bStep))
          sum += dOutput[position + i] * slope
        }
        sink.put(sum, at: aStart)
      } else {
        for i in 0..<length {
          let slope = slopeA(operand(a, aStart + i), operand(b, bStart + i * bStep))
          sink.put(dOutput[position + i] * slope, at: aStart + i)
        }
      }
    }
  }

  static func gradientB<A: ElementSource, B: ElementSource, S: GradientSink>(
    _ a: A, _ b: B, _ walk: RowWalk, _ dOutput: LanesView, _ sink: S
  ) {
    let (length, aStep, bStep) = (walk.rowLength, walk.aStep, walk.bStep)
    walk.forEachRow { position, aStart, bStart in
      if bStep == 0 {
        var sum = Vector.zero
        for i in 0..<length {
          let slope = slopeB(operand(a, aStart + i * aStep), operand(b, bStart))
          sum += dOutput[position + i] * slope
        }
        sink.put(sum, at: bStart)
      } else {
        for i in 0..<length {
          let slope = slopeB(operand(a, aStart + i * aStep), operand(b, bStart + i))
          sink.put(dOutput[position + i] * slope, at: bStart + i)
        }
      }
    }
  }

  @inline(__always)
  private static func operand<S: ElementSource>(_ source: S, _ index: Int) -> Vector {
    slopesReadOperands ? source[index] : .zero
  }
}

/// Where a gradient goes.
protocol GradientSink {
  func put(_ gradient: Vector, at index: Int)
}

/// Takes each element once.
struct AssigningSink: GradientSink {
  let view: MutableLanesView

  @inline(__always) func put(_ gradient: Vector, at index: Int) { view[index] = gradient }
}

/// Adds up what comes for each element.
struct AddingSink: GradientSink {
  let view: MutableLanesView

  @inline(__always) func put(_ gradient: Vector, at index: Int) { view[index] += gradient }
}

/// Adds up what comes for each number of a parameter from all samples of the group.
struct ParameterSink: GradientSink {
  private let gradient: ParameterGradientView
  private let activeLanes: Int

  init(_ gradient: ParameterGradientView, activeLanes: Int) {
    self.gradient = gradient
    self.activeLanes = activeLanes
    gradient.clear()
  }

  @inline(__always) func put(_ gradient: Vector, at index: Int) {
    self.gradient[index] += gradient.sum(active: activeLanes)
  }
}
