import Tensors
import Testing

@Suite struct ActivationKernelTests {
  /// From far below to far above, many near zero, and what is no number.
  private static let inputs: [Float] =
    (-400...400).map { Float($0) * 0.05 } + (-60...60).map { Float($0) * 5 }
    + [0, -0.0, .infinity, -.infinity, .nan]

  private func applied(_ kernel: ActivationKernel, _ variant: KernelVariant) -> [Float] {
    let count = (Self.inputs.count + laneCount - 1) / laneCount
    let (source, target) = (Lanes([count]), Lanes([count]))
    for (index, value) in Self.inputs.enumerated() {
      source.mutableView[index / laneCount][index % laneCount] = value
    }
    kernel.run(source.view, into: target.mutableView, variant: variant)
    defer { withExtendedLifetime((source, target)) {} }
    return Self.inputs.indices.map { target.view[$0 / laneCount][$0 % laneCount] }
  }

  @Test(arguments: KernelVariant.available)
  func sigmoidsAreThoseOfDoublePrecision(_ variant: KernelVariant) {
    let sigmoids = applied(.sigmoid, variant)
    let units = applied(.silu, variant)
    for (index, x) in Self.inputs.enumerated() where x.isFinite {
      let exact = 1 / (1 + Self.exponential(-Double(x)))
      #expect(abs(Double(sigmoids[index]) - exact) <= 4e-7 * exact + 1e-37, "sigmoid of \(x)")
      let unit = Double(x) * exact
      #expect(abs(Double(units[index]) - unit) <= 5e-7 * abs(unit) + 1e-35, "SiLU of \(x)")
    }
    for (index, x) in Self.inputs.enumerated() where !x.isFinite {
      if x.isNaN {
        #expect(sigmoids[index].isNaN)
      } else {
        #expect(sigmoids[index] == (x > 0 ? 1 : 0))
      }
    }
  }

  @Test(arguments: KernelVariant.available)
  func siluGradientsAreThoseOfDoublePrecisionAlsoInPlace(_ variant: KernelVariant) {
    let inputs = Self.inputs.filter { abs($0) <= 80 }
    let count = (inputs.count + laneCount - 1) / laneCount
    let (source, gradient) = (Lanes([count]), Lanes([count]))
    for (index, value) in inputs.enumerated() {
      source.mutableView[index / laneCount][index % laneCount] = value
      gradient.mutableView[index / laneCount][index % laneCount] = Float(index % 7) - 3
    }
    ActivationKernel.siluGradient(
      source.view, gradient.view, into: gradient.mutableView, variant: variant)
    defer { withExtendedLifetime((source, gradient)) {} }
    for (index, x) in inputs.enumerated() {
      let sigmoid = 1 / (1 + Self.exponential(-Double(x)))
      let slope = sigmoid * (1 + Double(x) * (1 - sigmoid))
      let expected = Double(Float(index % 7) - 3) * slope
      let found = Double(gradient.view[index / laneCount][index % laneCount])
      #expect(abs(found - expected) <= 1e-5 * abs(expected) + 2e-6, "at \(x)")
    }
  }

  @Test(arguments: KernelVariant.available)
  func clipsHoldBetweenTheBoundsAndLetNaNThrough(_ variant: KernelVariant) {
    let clipped = applied(.clip(low: -0.25, high: 6), variant)
    let swished = applied(.hardSwish, variant)
    for (index, x) in Self.inputs.enumerated() {
      if x.isNaN {
        #expect(clipped[index].isNaN)
        continue
      }
      #expect(clipped[index] == min(max(x, -0.25), 6))
      guard x.isFinite else { continue }
      let exact = Double(x) * min(max(Double(x) / 6 + 0.5, 0), 1)
      #expect(abs(Double(swished[index]) - exact) <= 1e-6 * abs(exact) + 1e-6)
    }
  }

  @Test(arguments: KernelVariant.available)
  func aReLUsGradientPassesWhereItsResultIsPositive(_ variant: KernelVariant) {
    let results: [Float] = [0, -0.0, 0.5, .infinity, .leastNonzeroMagnitude, .nan]
    let (result, gradient) = (Lanes([results.count]), Lanes([results.count]))
    for (place, value) in results.enumerated() {
      result.mutableView[place] = Vector(repeating: value)
      gradient.mutableView[place] = Vector(repeating: -3)
    }
    ActivationKernel.rectifierGradient(
      result: result.view, gradient.view, into: gradient.mutableView, variant: variant)
    for lane in 0..<laneCount {
      #expect(gradient.values(ofSample: lane) == [0, 0, -3, -3, -3, 0])
    }
    withExtendedLifetime(result) {}
  }

  /// By a series of its own, so that the test shares nothing with what it tests.
  private static func exponential(_ x: Double) -> Double {
    var (sum, term) = (1.0, 1.0)
    let small = x / 1024
    for k in 1..<20 {
      term *= small / Double(k)
      sum += term
    }
    for _ in 0..<10 { sum *= sum }
    return sum
  }
}
