#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Where on the way from baseline (0) to input (1) gradients are taken, and how much each counts.
///
/// Weights add up to one in every rule. (Captum's trapezoid adds up to `1 − 1/n`, which makes its
/// maps that much too small; ours is the true one.)
public enum QuadratureRule: String, Sendable, Hashable, CaseIterable {
  /// Exact for polynomials of degree `2n − 1`; on kinked functions no better than the midpoint.
  case gaussLegendre = "gauss-legendre"

  /// `(k + ½) / n`
  case midpoint

  /// `k / n`
  case left

  /// `(k + 1) / n`
  case right

  /// `k / (n − 1)`, the two ends with half the weight.
  case trapezoid

  public struct Node: Sendable, Hashable {
    public let position: Double
    public let weight: Double
  }

  /// The rule of `count` points; a trapezoid needs two.
  public func nodes(_ count: Int) -> [Node] {
    precondition(count >= (self == .trapezoid ? 2 : 1), "\(count) points of a \(rawValue) rule")
    let n = Double(count)
    switch self {
    case .gaussLegendre: return Self.gaussLegendreNodes(count)
    case .midpoint: return (0..<count).map { Node(position: (Double($0) + 0.5) / n, weight: 1 / n) }
    case .left: return (0..<count).map { Node(position: Double($0) / n, weight: 1 / n) }
    case .right: return (0..<count).map { Node(position: Double($0 + 1) / n, weight: 1 / n) }
    case .trapezoid:
      return (0..<count).map { k in
        let isEnd = k == 0 || k == count - 1
        return Node(position: Double(k) / (n - 1), weight: (isEnd ? 0.5 : 1) / (n - 1))
      }
    }
  }

  /// The roots of the Legendre polynomial by Newton's method from Tricomi's first guess, moved from
  /// [−1, 1] to [0, 1], in ascending order.
  private static func gaussLegendreNodes(_ count: Int) -> [Node] {
    (0..<count).map { k in
      var t = -cos(Double.pi * (Double(k) + 0.75) / (Double(count) + 0.5))
      var slope = 1.0
      for _ in 0..<100 {
        let (value, derivative) = legendre(count, at: t)
        slope = derivative
        let step = value / derivative
        t -= step
        if abs(step) < 1e-16 { break }
      }
      slope = legendre(count, at: t).derivative
      return Node(position: (1 + t) / 2, weight: 1 / ((1 - t * t) * slope * slope))
    }
  }

  /// `Pₙ(t)` and its derivative by Bonnet's recursion.
  private static func legendre(_ n: Int, at t: Double) -> (value: Double, derivative: Double) {
    var (previous, value) = (1.0, t)
    for k in stride(from: 2, through: n, by: 1) {
      let k = Double(k)
      (previous, value) = (value, ((2 * k - 1) * t * value - (k - 1) * previous) / k)
    }
    return (value, Double(n) * (previous - t * value) / (1 - t * t))
  }
}
