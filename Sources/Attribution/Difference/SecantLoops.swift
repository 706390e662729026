import Networks
import Tensors

/// The loops of a ``SecantRule``. `dInput` may be the memory of `dOutput` where a layer works element
/// by element.
enum SecantLoops {
  /// The multiplier of a ReLU: where both ends are zero, zero.
  @inline(__always)
  private static func rectified(_ a: Vector, _ b: Vector) -> Vector {
    // a⁺ = (a + |a|) / 2, so that the multiplier is ½ (1 + (a + b) / (|a| + |b|)).
    let size = a.magnitudes + b.magnitudes
    let share = 0.5 + 0.5 * ((a + b) / size)
    return share.replacing(with: 0, where: size .== 0)
  }

  /// Difference quotients; the layer's own slope where inputs differ by no more than `threshold`.
  static func pointwise(
    _ call: RuleCall, _ otherInput: EndValues, _ otherOutput: EndValues, threshold: Float
  ) {
    let pass = call.pass
    guard let dInput = pass.dInputs[0] else { return }
    // The layer's own backward may overwrite what comes in, so that is kept aside.
    let incoming = Lanes([dInput.count])
    defer { withExtendedLifetime(incoming) {} }
    incoming.mutableView.copy(pass.dOutput)
    call.operation.layer.backward(pass, weights: call.weights)
    let (input, output) = (pass.inputs[0], pass.output)
    for i in 0..<dInput.count {
      let change = otherInput[i] - input[i]
      let quotient = incoming.view[i] * ((otherOutput[i] - output[i]) / change)
      dInput[i] = quotient.replacing(with: dInput[i], where: change.magnitudes .<= threshold)
    }
  }

  /// `M₁ = v₁`, `Mₜ = Mₜ₋₁ + relu(vₜ − Mₜ₋₁)` over the elements at `places`, or the same with all
  /// signs turned; adds to `dInput`.
  static func runningExtreme(
    _ dInput: MutableLanesView, _ dOutput: Vector, _ input: LanesView, _ other: EndValues,
    _ places: [Int], isLargest: Bool
  ) {
    guard let first = places.first else { return }
    let sign: Float = isLargest ? 1 : -1
    var (here, there) = (sign * input[first], sign * other[first])
    var shares: [Vector] = []
    for place in places.dropFirst() {
      shares.append(step(&here, &there, sign * input[place], sign * other[place]))
    }
    var rest = dOutput
    for (place, share) in zip(places.dropFirst(), shares).reversed() {
      dInput[place] += rest * share
      rest *= 1 - share
    }
    dInput[first] += rest
  }

  /// `max(a, b) = b + relu(a − b)` and `min(a, b) = b − relu(b − a)`; where both are equal at both
  /// ends, half for each.
  static func extremeOfTwo(
    _ pass: BackwardPass, _ otherA: EndValues, _ otherB: EndValues, isLargest: Bool
  ) {
    let places = pass.inputShapes.map { $0.places(broadcastTo: pass.outputShape) }
    for dInput in pass.dInputs { dInput?.fill(.zero) }
    let sign: Float = isLargest ? 1 : -1
    for (i, (a, b)) in zip(places[0], places[1]).enumerated() {
      let here = sign * (pass.inputs[0][a] - pass.inputs[1][b])
      let there = sign * (otherA[a] - otherB[b])
      let isEqual = (here .== 0) .& (there .== 0)
      let share = rectified(here, there).replacing(with: 0.5, where: isEqual)
      if let dInput = pass.dInputs[0] { dInput[a] += pass.dOutput[i] * share }
      if let dInput = pass.dInputs[1] { dInput[b] += pass.dOutput[i] * (1 - share) }
    }
  }

  /// Difference quotients of magnitudes; zero where both ends are.
  static func magnitudes(_ pass: BackwardPass, _ other: EndValues, _ places: [[Int]]) {
    guard let dInput = pass.dInputs[0] else { return }
    for (output, places) in places.enumerated() {
      for place in places {
        dInput[place] =
          pass.dOutput[output]
          * (2 * rectified(pass.inputs[0][place], other[place]) - 1)
          .replacing(with: 0, where: (pass.inputs[0][place] .== 0) .& (other[place] .== 0))
      }
    }
  }

  @inline(__always)
  private static func step(
    _ here: inout Vector, _ there: inout Vector, _ value: Vector, _ otherValue: Vector
  ) -> Vector {
    let (a, b) = (value - here, otherValue - there)
    here = here.replacing(with: value, where: a .> 0)
    there = there.replacing(with: otherValue, where: b .> 0)
    return rectified(a, b)
  }

  /// DeepLIFT's max pooling as SHAP computes it: of the output's change, what exceeds the
  /// reference goes to the winner here, what falls short of it to the winner there, each divided by
  /// the change of the element; the plain gradient where an element did not change.
  static func winners(
    _ dInput: MutableLanesView, _ pass: BackwardPass, _ reference: BackwardPass,
    _ windows: PoolingPlaces
  ) {
    if windows.isPlainHalving {
      winnersOfBlocks(dInput, pass, reference, windows)
      return
    }
    let (input, other) = (pass.inputs[0], reference.inputs[0])
    let parts = Lanes([dInput.count])
    defer { withExtendedLifetime(parts) {} }
    dInput.fill(.zero)
    windows.forEachWindow { output, places in
      let dOutput = pass.dOutput[output]
      shareAmongWinners(
        dInput, parts.mutableView, pass.output[output], reference.output[output], input, other,
        dOutput, places)
    }
    for i in 0..<dInput.count {
      let change = input[i] - other[i]
      dInput[i] = (parts.view[i] / change).replacing(
        with: dInput[i], where: change.magnitudes .< 1e-10)
    }
  }

  /// The same for 2x2 blocks, which share no elements.
  private static func winnersOfBlocks(
    _ dInput: MutableLanesView, _ pass: BackwardPass, _ reference: BackwardPass,
    _ windows: PoolingPlaces
  ) {
    let (input, other) = (pass.inputs[0], reference.inputs[0])
    // The odd last row and column are under no window.
    if windows.inputHeight % 2 == 1 || windows.inputWidth % 2 == 1 { dInput.fill(.zero) }
    var output = 0
    let width = windows.inputWidth
    for channel in 0..<windows.channels {
      for y in 0..<windows.outputHeight {
        var place = (channel * windows.inputHeight + 2 * y) * width
        for _ in 0..<windows.outputWidth {
          var block = WinnersOfBlock(
            pass.dOutput[output], pass.output[output], reference.output[output])
          let (p, q, r, s) = (place, place + 1, place + width, place + width + 1)
          dInput[p] = block.multiplier(input[p], other[p])
          dInput[q] = block.multiplier(input[q], other[q])
          dInput[r] = block.multiplier(input[r], other[r])
          dInput[s] = block.multiplier(input[s], other[s])
          output += 1
          place += 2
        }
      }
    }
  }

  /// One window: the gradient goes to the winner here, the parts of the change to both winners.
  private static func shareAmongWinners(
    _ dInput: MutableLanesView, _ parts: MutableLanesView, _ here: Vector, _ there: Vector,
    _ input: LanesView, _ other: LanesView, _ dOutput: Vector,
    _ places: [Int]
  ) {
    let top = there.replacing(with: here, where: here .> there)
    let (rise, fall) = (dOutput * (top - there), dOutput * (here - top))
    var isOpen = SIMDMask<SIMD16<Int32>>(repeating: true)
    var isOtherOpen = isOpen
    for place in places {
      let wins = isOpen .& (input[place] .== here)
      let otherWins = isOtherOpen .& (other[place] .== there)
      isOpen.replace(with: false, where: wins)
      isOtherOpen.replace(with: false, where: otherWins)
      dInput[place] += Vector.zero.replacing(with: dOutput, where: wins)
      parts[place] += Vector.zero.replacing(with: rise, where: wins)
      parts[place] += Vector.zero.replacing(with: fall, where: otherWins)
    }
  }
}

/// A block of elements in turn, of which the first that is the largest wins here, and there.
private struct WinnersOfBlock {
  private let largestHere: Vector
  private let largestThere: Vector

  /// The parts of the change whose winners are still to come; zero behind them.
  private var gradient: Vector
  private var rise: Vector
  private var fall: Vector

  @inline(__always)
  init(_ dOutput: Vector, _ here: Vector, _ there: Vector) {
    (largestHere, largestThere) = (here, there)
    let top = there.replacing(with: here, where: here .> there)
    gradient = dOutput
    rise = dOutput * (top - there)
    fall = dOutput * (here - top)
  }

  @inline(__always)
  mutating func multiplier(_ here: Vector, _ there: Vector) -> Vector {
    let (wins, winsThere) = (here .== largestHere, there .== largestThere)
    let plain = Vector.zero.replacing(with: gradient, where: wins)
    let part =
      Vector.zero.replacing(with: rise, where: wins)
      + Vector.zero.replacing(with: fall, where: winsThere)
    gradient = gradient.replacing(with: 0, where: wins)
    rise = rise.replacing(with: 0, where: wins)
    fall = fall.replacing(with: 0, where: winsThere)
    let change = here - there
    return (part / change).replacing(with: plain, where: change.magnitudes .< 1e-10)
  }
}
