#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// How the learning rate changes from batch to batch.
public struct LearningRateSchedule: Sendable, Hashable {
  /// The course after the warm-up.
  public enum Course: Sendable, Hashable {
    case constant

    /// Multiplied by `factor` after every so many epochs.
    case step(epochs: Int, factor: Float = 0.1)

    /// Half a cosine from the learning rate down to `end` times it.
    ///
    /// Reference: Loshchilov, Hutter, "SGDR", 2017, arXiv:1608.03983.
    case cosine(end: Float = 0)

    /// Up from a 25th on half a cosine in the first `rise` of the steps, then down to
    /// 1 / 250,000 on another; as PyTorch's `OneCycleLR`, but momentum stays as it is.
    ///
    /// Reference: Smith, Topin, "Super-convergence", 2018, arXiv:1708.07120.
    case oneCycle(rise: Float = 0.3)
  }

  public var course: Course

  /// In the first so many epochs the rate grows evenly from nothing.
  public var warmUpEpochs: Float

  public init(_ course: Course = .constant, warmUpEpochs: Float = 0) {
    self.course = course
    self.warmUpEpochs = warmUpEpochs
  }

  /// The factor of the learning rate for step `step` of `total`, both in batches.
  public func factor(step: Int, total: Int, stepsPerEpoch: Int) -> Float {
    let warmUp = Int((warmUpEpochs * Float(stepsPerEpoch)).rounded())
    if step < warmUp { return Float(step + 1) / Float(warmUp) }
    let (at, end) = (Double(step - warmUp), Double(max(1, total - warmUp)))
    switch course {
    case .constant: return 1
    case .step(let epochs, let factor):
      let count = (step - warmUp) / max(1, epochs * stepsPerEpoch)
      return Float(pow(Double(factor), Double(count)))
    case .cosine(let low):
      return Float(Self.cosine(from: 1, to: Double(low), at / end))
    case .oneCycle(let rise):
      let (first, last) = (1.0 / 25, 1.0 / 25 / 10_000)
      let top = Double(rise) * end - 1
      if at <= top { return Float(Self.cosine(from: first, to: 1, top > 0 ? at / top : 1)) }
      let rest = end - 1 - top
      return Float(Self.cosine(from: 1, to: last, rest > 0 ? min(1, (at - top) / rest) : 1))
    }
  }

  private static func cosine(from start: Double, to end: Double, _ share: Double) -> Double {
    end + (start - end) / 2 * (1 + cos(.pi * share))
  }
}
