public import Tensors

/// Pooling over all spatial axes at once: `[C, H, W]` becomes `[C, 1, 1]`.
///
/// ```
/// average: y[c] = Σᵢ x[c, i] / n        dx[c, i] = dy[c] / n
/// max:     y[c] = maxᵢ x[c, i]          dx[c, i] = dy[c] where i is the first winner
/// ```
///
/// A NaN wins over every number.
public struct GlobalPooling: Layer, Hashable {
  public enum Kind: Hashable, Sendable { case average, max }

  public let kind: Kind

  public init(_ kind: Kind) { self.kind = kind }

  public func outputShape(inputs: [Shape], parameters: [Shape]) throws(ShapeError) -> Shape {
    try requireCounts(inputs, 1...1, parameters, 0...0)
    guard inputs[0].rank >= 2 else {
      throw .wrongRank(input: 0, found: inputs[0], expected: 2...8)
    }
    return Shape([inputs[0][0]] + Array(repeating: 1, count: inputs[0].rank - 1))
  }

  public var backwardReads: BackwardReads {
    switch kind {
    case .average: []
    case .max: .cache
    }
  }

  public var picksAmongEquals: Bool { kind == .max }

  public func cacheCount(inputs: [Shape]) -> Int {
    switch kind {
    case .average: 0
    case .max: inputs[0][0]
    }
  }

  public func forward(_ pass: ForwardPass, weights: LayerWeights) {
    let channels = pass.inputShapes[0][0]
    let plane = pass.inputShapes[0].count / channels
    for c in 0..<channels {
      let elements = pass.inputs[0][c * plane..<(c + 1) * plane]
      switch kind {
      case .average:
        pass.output[c] = elements.sum() / Float(plane)
      case .max:
        var (largest, winner) = (elements[0], Vector.zero)
        for i in 1..<elements.count {
          let keeps = (elements[i] .<= largest) .| (largest .!= largest)
          largest = elements[i].replacing(with: largest, where: keeps)
          winner = Vector(repeating: Float(i)).replacing(with: winner, where: keeps)
        }
        pass.output[c] = largest
        if pass.fillsCache { pass.cache[c] = winner }
      }
    }
  }

  public func backward(_ pass: BackwardPass, weights: LayerWeights) {
    guard let dInput = pass.dInputs[0] else { return }
    let channels = pass.inputShapes[0][0]
    let plane = pass.inputShapes[0].count / channels
    for c in 0..<channels {
      let dElements = dInput[c * plane..<(c + 1) * plane]
      switch kind {
      case .average:
        dElements.fill(pass.dOutput[c] / Float(plane))
      case .max:
        let (dLargest, winner) = (pass.dOutput[c], pass.cache[c])
        for i in 0..<dElements.count {
          dElements[i] = Vector.zero.replacing(with: dLargest, where: winner .== Float(i))
        }
      }
    }
  }
}
