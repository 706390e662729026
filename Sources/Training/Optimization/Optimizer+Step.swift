import Tensors

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The numbers of one step of an optimiser.
struct OptimizerStep {
  let rate: Float
  var penalty: Penalty

  /// The number of the step, from 1 on.
  let number: Int

  /// What the gradients are multiplied with first: clipping.
  let gradientFactor: Float
}

extension Optimizer {
  /// Changes `parameters[range]` by `gradients[range]`; `memories` are as many as ``memoryCount``.
  ///
  /// Every element is by itself, so ranges may be done by any threads.
  func apply(
    _ step: OptimizerStep, range: Range<Int>, parameters: AlignedFloats, gradients: AlignedFloats,
    memories: [AlignedFloats]
  ) {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= parameters.count
        && gradients.count == parameters.count && memories.count == memoryCount,
      "\(range) of \(parameters.count) parameters, \(memories.count) memories")
    let count = range.count
    let p = unsafe parameters.pointer + range.lowerBound
    let g = unsafe gradients.pointer + range.lowerBound
    let rate = step.rate
    unsafe prepare(step, p, g, count)
    switch self {
    case .sgd:
      for i in 0..<count { unsafe p[i] -= rate * g[i] }
    case .momentum(let share):
      let b = unsafe memories[0].pointer + range.lowerBound
      for i in 0..<count {
        unsafe b[i] = share * b[i] + g[i]
        unsafe p[i] -= rate * b[i]
      }
    case .nesterov(let share):
      let b = unsafe memories[0].pointer + range.lowerBound
      for i in 0..<count {
        unsafe b[i] = share * b[i] + g[i]
        unsafe p[i] -= rate * (g[i] + share * b[i])
      }
    case .rmsProp(let smoothing, let epsilon):
      let v = unsafe memories[0].pointer + range.lowerBound
      for i in 0..<count {
        unsafe v[i] = smoothing * v[i] + (1 - smoothing) * (g[i] * g[i])
        unsafe p[i] -= rate * g[i] / (v[i].squareRoot() + epsilon)
      }
    case .adam(let beta1, let beta2, let epsilon):
      let m = unsafe memories[0].pointer + range.lowerBound
      let v = unsafe memories[1].pointer + range.lowerBound
      let first = 1 - pow(Double(beta1), Double(step.number))
      let second = 1 - pow(Double(beta2), Double(step.number))
      let stepRate = Float(Double(rate) / first)
      let root = Float(1 / second.squareRoot())
      for i in 0..<count {
        unsafe m[i] = beta1 * m[i] + (1 - beta1) * g[i]
        unsafe v[i] = beta2 * v[i] + (1 - beta2) * (g[i] * g[i])
        unsafe p[i] -= stepRate * m[i] / (v[i].squareRoot() * root + epsilon)
      }
    }
  }

  /// Clips the gradients and adds the penalties.
  private func prepare(
    _ step: OptimizerStep, _ p: UnsafeMutablePointer<Float>, _ g: UnsafeMutablePointer<Float>,
    _ count: Int
  ) {
    let penalty = step.penalty
    if step.gradientFactor != 1 {
      for i in 0..<count { unsafe g[i] *= step.gradientFactor }
    }
    if penalty.l2 != 0 {
      for i in 0..<count { unsafe g[i] += penalty.l2 * p[i] }
    }
    if penalty.l1 != 0 {
      for i in 0..<count {
        unsafe g[i] += p[i] > 0 ? penalty.l1 : p[i] < 0 ? -penalty.l1 : 0
      }
    }
    if penalty.decay != 0 {
      let kept = 1 - step.rate * penalty.decay
      for i in 0..<count { unsafe p[i] *= kept }
    }
  }
}
