import Networks
import Tensors

/// DeepLIFT's RevealCancel: the positive and the negative part of a change have multipliers of their
/// own, so that parts which cancel each other are seen.
///
/// ```
/// Δy⁺ = ½ (f(x₀ + Δx⁺) − f(x₀)) + ½ (f(x₀ + Δx⁺ + Δx⁻) − f(x₀ + Δx⁻))      m⁺ = Δy⁺ / Δx⁺
/// Δy⁻ = ½ (f(x₀ + Δx⁻) − f(x₀)) + ½ (f(x₀ + Δx⁺ + Δx⁻) − f(x₀ + Δx⁺))      m⁻ = Δy⁻ / Δx⁻
/// ```
///
/// The parts of a sum are its positive and its negative terms (the paper's linear rule). Normalisation
/// and constants behind a sum belong to it; a pooling or a sum of values starts anew. What has no
/// parts (max pooling, products) sends back the multiplier of its change's sign through a
/// ``SecantRule``.
///
/// Multipliers of negative parts travel in the reference workspace.
///
/// Reference: Shrikumar, Greenside & Kundaje 2017, arXiv 1704.02685, section 3.5.3.
struct RevealCancelRule: BackwardRule {
  let layers: SignedLayers
  let input: Workspace
  let reference: Workspace
  let graph: Graph
  let secants: SecantRule

  var fillsReference: Bool { true }

  func backward(_ call: RuleCall) -> Bool {
    guard let negative = call.reference else {
      preconditionFailure("a difference from a reference without one")
    }
    switch call.operation.signRole {
    case .weighs: weigh(call, negative)
    case .carries:
      send(call, negative) { slope, positive, negative, _ in
        let isTurned = slope .< 0
        return (
          positive.replacing(with: negative, where: isTurned),
          negative.replacing(with: positive, where: isTurned)
        )
      }
    case .mixes:
      send(call, negative) { slope, positive, negative, change in
        let both = Self.choice(positive, negative, by: slope * change)
        return (both, both)
      }
    case .bends: bend(call, negative)
    case .other: pass(call, negative)
    }
    return true
  }

  /// The multiplier of a change's sign; where there is none, the mean of both.
  @inline(__always)
  static func choice(_ positive: Vector, _ negative: Vector, by change: Vector) -> Vector {
    (0.5 * (positive + negative))
      .replacing(with: positive, where: change .> 0)
      .replacing(with: negative, where: change .< 0)
  }

  /// `mᵢ = Σ over outputs of w m⁺ where w Δxᵢ > 0, w m⁻ where w Δxᵢ < 0`
  private func weigh(_ call: RuleCall, _ negative: BackwardPass) {
    guard let dInput = call.pass.dInputs[0] else { return }
    let weights = layers.weights(of: call.node)
    func back(_ signal: LanesView, _ weights: LayerWeights) -> Lanes {
      let result = Lanes([dInput.count])
      call.operation.layer.backward(
        call.pass.sending(signal, to: [result.mutableView]), weights: weights)
      return result
    }
    let parts = [
      back(call.pass.dOutput, weights.positive), back(negative.dOutput, weights.negative),
      back(negative.dOutput, weights.positive), back(call.pass.dOutput, weights.negative),
    ]
    withExtendedLifetime(parts) {
      let (here, there) = (call.pass.inputs[0], negative.inputs[0])
      for i in 0..<dInput.count {
        dInput[i] = Self.choice(
          parts[0].view[i] + parts[1].view[i], parts[2].view[i] + parts[3].view[i],
          by: here[i] - there[i])
      }
    }
    negative.dInputs[0]?.copy(dInput.readOnly)
  }

  /// Sends both signals back through an affine layer and combines what arrives, given the slope's
  /// sign and the change.
  private func send(
    _ call: RuleCall, _ negative: BackwardPass,
    _ combine: (_ slope: Vector, _ positive: Vector, _ negative: Vector, _ change: Vector)
      -> (Vector, Vector)
  ) {
    let layer = call.operation.layer
    let ones = Lanes([call.pass.dOutput.count])
    ones.mutableView.fill(Vector(repeating: 1))
    let slopes = call.pass.inputShapes.map { Lanes($0) }
    withExtendedLifetime((ones, slopes)) {
      layer.backward(
        call.pass.sending(ones.view, to: slopes.map(\.mutableView)), weights: call.weights)
      layer.backward(call.pass, weights: call.weights)
      layer.backward(negative, weights: call.weights)
      for (slot, slope) in slopes.enumerated() {
        guard let positive = call.pass.dInputs[slot], let other = negative.dInputs[slot] else {
          continue
        }
        let (here, there) = (call.pass.inputs[slot], negative.inputs[slot])
        for i in 0..<positive.count {
          (positive[i], other[i]) = combine(
            slope.view[i], positive[i], other[i], here[i] - there[i])
        }
      }
    }
  }

  private func bend(_ call: RuleCall, _ negative: BackwardPass) {
    guard let dPositive = call.pass.dInputs[0], let dNegative = negative.dInputs[0] else { return }
    let parts = layers.parts(of: graph[call.node].inputs[0], input, reference)
    let start = negative.inputs[0]
    let moved = [parts.positive, parts.negative].map { part in
      let moved = Lanes([start.count])
      moved.mutableView.map(start, part.view) { $0 + $1 }
      let output = layers.run(call.node, [moved.view], call.weights)
      withExtendedLifetime(moved) {}
      return output
    }
    withExtendedLifetime((parts, moved)) {
      let (plus, minus) = (parts.positive.view, parts.negative.view)
      for i in 0..<start.count {
        let (here, there) = (call.pass.output[i], negative.output[i])
        let (withPlus, withMinus) = (moved[0].view[i], moved[1].view[i])
        let rise = 0.5 * ((withPlus - there) + (here - withMinus))
        let fall = 0.5 * ((withMinus - there) + (here - withPlus))
        dPositive[i] = call.pass.dOutput[i] * Self.quotient(rise, plus[i])
        dNegative[i] = negative.dOutput[i] * Self.quotient(fall, minus[i])
      }
    }
  }

  /// Zero where nothing changes: nothing is multiplied by it then.
  @inline(__always)
  private static func quotient(_ change: Vector, _ part: Vector) -> Vector {
    (change / part).replacing(with: 0, where: part.magnitudes .< 1e-10)
  }

  /// One signal for both parts, through a rule that knows no parts.
  private func pass(_ call: RuleCall, _ negative: BackwardPass) {
    let signal = Lanes([call.pass.dOutput.count])
    withExtendedLifetime(signal) {
      let view = signal.mutableView
      for i in 0..<view.count {
        view[i] = Self.choice(
          call.pass.dOutput[i], negative.dOutput[i], by: call.pass.output[i] - negative.output[i])
      }
      let own = RuleCall(
        node: call.node, operation: call.operation,
        pass: call.pass.sending(signal.view, to: call.pass.dInputs), weights: call.weights,
        reference: negative)
      if !secants.backward(own) { call.operation.layer.backward(own.pass, weights: call.weights) }
      for (dInput, other) in zip(call.pass.dInputs, negative.dInputs) {
        if let dInput { other?.copy(dInput.readOnly) }
      }
    }
  }
}
