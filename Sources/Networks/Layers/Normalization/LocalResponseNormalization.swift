public import Tensors

/// Local response normalisation of `[C, …]` across neighbouring channels, as in AlexNet.
///
/// ```
/// s[c] = k + α / size · Σ over c′ near c of x[c′]²          y[c] = x[c] · s[c]^−β
/// dx[c] = dy[c] · s[c]^−β − 2αβ / size · x[c] · Σ over c′ that have c near them of
///                                                        dy[c′] · x[c′] · s[c′]^(−β − 1)
/// ```
///
/// Near are the `size` channels around `c`; where `size` is even the extra one comes after, as in
/// ONNX (PyTorch takes the one before). The cache holds `s^−β` and `s`.
///
/// Reference: Krizhevsky, Sutskever, Hinton, "ImageNet classification with deep convolutional neural
/// networks", 2012, section 3.3.
public struct LocalResponseNormalization: Layer, Hashable {
  public let size: Int
  public let alpha: Float
  public let beta: Float
  public let k: Float

  public init(size: Int, alpha: Float = 1e-4, beta: Float = 0.75, k: Float = 1) {
    self.size = size
    self.alpha = alpha
    self.beta = beta
    self.k = k
  }

  public func outputShape(inputs: [Shape], parameters: [Shape]) throws(ShapeError) -> Shape {
    try requireCounts(inputs, 1...1, parameters, 0...0)
    guard size >= 1 else { throw .impossible(setting: "size", value: size) }
    guard inputs[0].rank >= 1 else {
      throw .wrongRank(input: 0, found: inputs[0], expected: 1...8)
    }
    return inputs[0]
  }

  public var backwardReads: BackwardReads { [.inputs, .cache] }
  public func cacheCount(inputs: [Shape]) -> Int { 2 * inputs[0].count }
  public func scratchCount(inputs: [Shape]) -> Int { inputs[0].count }

  public func forward(_ pass: ForwardPass, weights: LayerWeights) {
    let (channels, plane) = planes(pass.inputShapes[0])
    let input = pass.inputs[0]
    let share = alpha / Float(size)
    for c in 0..<channels {
      let first = max(0, c - (size - 1) / 2)
      let last = min(channels - 1, c + size / 2)
      for i in 0..<plane {
        var squares = Vector.zero
        for near in first...last {
          let x = input[near * plane + i]
          squares += x * x
        }
        let place = c * plane + i
        let base = squares * share + k
        let power = (base.log() * -beta).exp()
        pass.output[place] = input[place] * power
        if pass.fillsCache {
          pass.cache[2 * place] = power
          pass.cache[2 * place + 1] = base
        }
      }
    }
  }

  public func backward(_ pass: BackwardPass, weights: LayerWeights) {
    guard let dInput = pass.dInputs[0] else { return }
    let (channels, plane) = planes(pass.inputShapes[0])
    let input = pass.inputs[0]
    let share = 2 * alpha * beta / Float(size)
    // dy · x · s^(−β − 1)
    let through = pass.scratch
    for place in 0..<input.count {
      let (power, base) = (pass.cache[2 * place], pass.cache[2 * place + 1])
      through[place] = pass.dOutput[place] * input[place] * power / base
    }
    for c in 0..<channels {
      let first = max(0, c - size / 2)
      let last = min(channels - 1, c + (size - 1) / 2)
      for i in 0..<plane {
        var sum = Vector.zero
        for near in first...last { sum += through[near * plane + i] }
        let place = c * plane + i
        let direct = pass.dOutput[place] * pass.cache[2 * place]
        dInput[place] = direct - input[place] * sum * share
      }
    }
  }

  private func planes(_ shape: Shape) -> (channels: Int, plane: Int) {
    (shape[0], shape.count / shape[0])
  }
}
