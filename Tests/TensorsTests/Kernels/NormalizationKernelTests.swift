import Tensors
import Testing

/// The kernel against plain loops: the same numbers, to the bit, on every instruction set.
@Suite struct NormalizationKernelTests {
  /// Around one, two and three blocks of a sum, and so many active samples.
  private static let sizes = [
    (1, 16), (5, 3), (63, 16), (64, 1), (65, 16), (128, 7), (129, 16), (192, 16), (300, 15),
  ]

  private let mean: Float = 0.3
  private let reciprocal: Float = 1.7
  private let scale: Float = -0.8
  private let bias: Float = 0.1

  @Test(arguments: KernelVariant.available)
  func momentsAreThoseOfPlainLoops(_ variant: KernelVariant) {
    for (count, active) in Self.sizes {
      let x = inputs(count, active)
      let (sum, squares) = NormalizationKernel.moments(
        of: x.view, about: 0.25, activeLanes: active, variant: variant)
      #expect(sum == Self.sum(count, active) { x.view[$0] - 0.25 }, "\(count) elements")
      #expect(
        squares == Self.sum(count, active) { (x.view[$0] - 0.25) * (x.view[$0] - 0.25) },
        "\(count) elements")
      withExtendedLifetime(x) {}
    }
  }

  @Test(arguments: KernelVariant.available)
  func channelsAreNormalizedAndHeld(_ variant: KernelVariant) {
    let (x, y) = (inputs(77, 16), Lanes.dirty(77))
    kernel(variant).run(x.view, into: y.mutableView)
    for i in 0..<77 { #expect(y.view[i] == normalized(x.view[i])) }
    kernel(variant).run(
      x.view, bounds: ResultBounds(low: -0.5, high: 0.75), into: y.mutableView)
    for i in 0..<77 { #expect(y.view[i] == normalized(x.view[i]).held(from: -0.5, to: 0.75)) }
    withExtendedLifetime((x, y)) {}
  }

  @Test(arguments: KernelVariant.available, [false, true])
  func gradientsAreThoseOfPlainLoops(_ variant: KernelVariant, isRectified: Bool) {
    for (count, active) in Self.sizes {
      let (x, dy, dx) = (inputs(count, active), inputs(count, active, 2), Lanes.dirty(count))
      let (sum, product) = kernel(variant).gradientSums(
        input: x.view, dOutput: dy.view, isRectified: isRectified, activeLanes: active)
      let gradient = { (i: Int) -> Vector in
        let slopes = Vector.zero.replacing(with: 1, where: normalized(x.view[i]) .> 0)
        return isRectified ? dy.view[i] * slopes : dy.view[i]
      }
      #expect(sum == Self.sum(count, active, gradient), "\(count) elements")
      #expect(
        product == Self.sum(count, active) { gradient($0) * (x.view[$0] - mean) },
        "\(count) elements")

      kernel(variant).runBackward(
        input: x.view, dOutput: dy.view, isRectified: isRectified, dMean: 0.02, dSlope: -0.03,
        into: dx.mutableView)
      for i in 0..<count {
        let direct = gradient(i) - 0.02
        let throughVariance = (x.view[i] - mean) * reciprocal * -0.03
        let expected = (direct - throughVariance) * (scale * reciprocal)
        for lane in 0..<active { #expect(dx.view[i][lane] == expected[lane]) }
      }
      withExtendedLifetime((x, dy, dx)) {}
    }
  }

  private func kernel(_ variant: KernelVariant) -> NormalizationKernel {
    NormalizationKernel(
      mean: mean, reciprocal: reciprocal, scale: scale, bias: bias, variant: variant)
  }

  private func normalized(_ x: Vector) -> Vector { (x - mean) * reciprocal * scale + bias }

  /// Numbers in the active lanes, and NaN in the others.
  private func inputs(_ count: Int, _ active: Int, _ seed: UInt64 = 1) -> Lanes {
    var values = KernelValues(seed: seed)
    return Lanes(values.samples(of: count, active: active))
  }

  /// Terms added up in order in blocks of 64, and the blocks' sums in order.
  private static func sum(_ count: Int, _ active: Int, _ term: (Int) -> Vector) -> Double {
    stride(from: 0, to: count, by: 64).reduce(0.0) { total, start in
      let block = (start..<min(start + 64, count)).reduce(Vector.zero) { $0 + term($1) }
      return total + Double(treeSum(block.replacing(with: 0, where: isUnused(active))))
    }
  }

  private static func isUnused(_ active: Int) -> SIMDMask<SIMD16<Int32>> {
    var lanes = Vector.zero
    for lane in 0..<laneCount { lanes[lane] = Float(lane) }
    return lanes .>= Float(active)
  }

  /// Halves added to halves.
  private static func treeSum(_ lanes: Vector) -> Float {
    var sums = (0..<laneCount).map { lanes[$0] }
    while sums.count > 1 {
      let half = sums.count / 2
      sums = (0..<half).map { sums[$0] + sums[$0 + half] }
    }
    return sums[0]
  }
}
