import Networks
import Tensors

/// A rule of relevance at one layer with weights, ready to be used: sums of products of the layer with
/// parts of its inputs and of its weights.
///
/// ```
/// z = Σ over terms of ± layer(part of x; part of w)
/// R_x = Σ over terms of ± (part of x) · layerᵀ(R / z; part of w)
/// ```
struct WeightedRelevance: Sendable {
  let shares: [Share]

  /// How far sums are moved away from zero.
  let stabilizer: Float
  let purpose: PlanPurpose

  /// Terms that are divided by their common sum.
  struct Share: Sendable {
    let factor: Float
    let terms: [Term]
    var condition = Condition.always
  }

  /// Where a share counts, by the sign of the sum over all shares.
  enum Condition: Sendable {
    case always
    case positiveSum
    case negativeSum
  }

  struct Term: Sendable {
    let input: InputPart
    let weights: LayerWeights
    var isSubtracted = false
  }

  enum InputPart: Sendable {
    case whole
    case positive
    case negative
    case ones

    /// Constants, one for each element of the input.
    case values([Float])
  }

  /// Sends `call`'s relevance to its input.
  func send(_ call: RuleCall) {
    guard let relevance = call.pass.dInputs[0] else { return }
    let pass = call.pass
    let sums = shares.map { sum($0, call) }
    let total = Lanes(pass.outputShape)
    defer { withExtendedLifetime((sums, total)) {} }
    for sum in sums { total.mutableView.add(sum.view) }
    for (share, sum) in zip(shares, sums) {
      divide(pass.dOutput, by: sum.mutableView, share.condition, total.view)
    }
    let part = Lanes(pass.inputShapes[0])
    let values = Lanes(pass.inputShapes[0])
    defer { withExtendedLifetime((part, values)) {} }
    var isFirst = true
    for (share, sum) in zip(shares, sums) {
      for term in share.terms {
        backward(call, term, from: sum.view, to: part.mutableView)
        term.input.fill(values.mutableView, from: pass.inputs[0])
        let factor = term.isSubtracted ? -share.factor : share.factor
        if isFirst {
          relevance.map(part.view, values.view) { factor * $0 * $1 }
        } else {
          relevance.map(relevance.readOnly, part.view, values.view) { $0 + factor * $1 * $2 }
        }
        isFirst = false
      }
    }
  }

  private func sum(_ share: Share, _ call: RuleCall) -> Lanes {
    let sum = Lanes(call.pass.outputShape)
    let part = Lanes(call.pass.outputShape)
    let values = Lanes(call.pass.inputShapes[0])
    defer { withExtendedLifetime((part, values)) {} }
    for term in share.terms {
      term.input.fill(values.mutableView, from: call.pass.inputs[0])
      call.operation.layer.forward(
        ForwardPass(
          inputs: [values.view], inputShapes: call.pass.inputShapes, output: part.mutableView,
          outputShape: call.pass.outputShape, cache: call.pass.scratch[0..<0],
          scratch: call.pass.scratch, purpose: purpose),
        weights: term.weights)
      let sign: Float = term.isSubtracted ? -1 : 1
      sum.mutableView.map(sum.view, part.view) { $0 + sign * $1 }
    }
    return sum
  }

  /// `sums = relevance / sums`, moved away from zero, where the condition holds; zero elsewhere.
  private func divide(
    _ relevance: LanesView, by sums: MutableLanesView, _ condition: Condition, _ total: LanesView
  ) {
    let stabilizer = stabilizer
    sums.map(sums.readOnly, relevance) { $1 / $0.awayFromZero(stabilizer) }
    switch condition {
    case .always: break
    case .positiveSum:
      sums.map(sums.readOnly, total) { $0.replacing(with: 0, where: $1 .<= 0) }
    case .negativeSum:
      sums.map(sums.readOnly, total) { $0.replacing(with: 0, where: $1 .>= 0) }
    }
  }

  private func backward(
    _ call: RuleCall, _ term: Term, from shares: LanesView, to part: MutableLanesView
  ) {
    let pass = call.pass
    call.operation.layer.backward(
      BackwardPass(
        dOutput: shares, outputShape: pass.outputShape, inputs: pass.inputs,
        inputShapes: pass.inputShapes, output: pass.output, cache: pass.cache,
        scratch: pass.scratch, dInputs: [part], dParameters: pass.dParameters, purpose: purpose,
        node: pass.node, group: pass.group),
      weights: term.weights)
  }
}

extension WeightedRelevance.InputPart {
  fileprivate func fill(_ values: MutableLanesView, from input: LanesView) {
    switch self {
    case .whole: values.copy(input)
    case .positive: values.map(input) { .maximum($0, .zero) }
    case .negative: values.map(input) { .minimum($0, .zero) }
    case .ones: values.fill(Vector(repeating: 1))
    case .values(let constants):
      for (i, constant) in constants.enumerated() { values[i] = Vector(repeating: constant) }
    }
  }
}

extension Vector {
  /// Moved away from zero by so much, with its sign; zero moves up.
  func awayFromZero(_ distance: Float) -> Vector {
    self + Vector(repeating: distance).replacing(with: -distance, where: self .< 0)
  }
}
