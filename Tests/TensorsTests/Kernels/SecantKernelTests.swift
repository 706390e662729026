import Tensors
import Testing

@Suite struct SecantKernelTests {
  /// Two ends: each lane's own numbers, and what stands some lanes further or in another view.
  private struct Ends {
    let here: Lanes
    let reference: Lanes
    let shift: Int?

    /// - Parameter isRounded: there are few different numbers, so that zeros and equal ones occur.
    init(_ count: Int, shift: Int?, isRounded: Bool = true) {
      var values = KernelValues(seed: 7)
      func samples() -> [[Float]] {
        values.samples(of: count).map { $0.map { isRounded ? $0.rounded() : $0 } }
      }
      here = Lanes(samples())
      reference = Lanes(samples())
      self.shift = shift
    }

    var other: EndValues {
      shift.map { EndValues(here.view, shift: $0) } ?? EndValues(reference.view)
    }

    /// The lanes that have another end.
    var lanes: Range<Int> { 0..<laneCount - (shift ?? 0) }

    func pair(_ lane: Int) -> (here: [Float], there: [Float]) {
      let there = shift.map { here.values(ofSample: lane + $0) }
      return (here.values(ofSample: lane), there ?? reference.values(ofSample: lane))
    }
  }

  /// (a⁺ − b⁺) / (a − b)
  private static func share(_ a: Float, _ b: Float) -> Double {
    let (a, b) = (Double(a), Double(b))
    if a == b { return a > 0 ? 1 : 0 }
    return (max(a, 0) - max(b, 0)) / (a - b)
  }

  @Test(arguments: KernelVariant.available, [nil, 1, 2, 15])
  func aRectifiersMultiplierIsItsDifferenceQuotient(_ variant: KernelVariant, _ shift: Int?) {
    for count in [1, 2, 37] {
      let ends = Ends(count, shift: shift)
      var values = KernelValues(seed: 8)
      let gradients = values.samples(of: count)
      let dOutput = Lanes(gradients)
      let (dInput, inPlace) = (Lanes.dirty(count), Lanes(gradients))
      SecantKernel.rectifier(
        ends.here.view, ends.other, dOutput.view, into: dInput.mutableView, variant: variant)
      SecantKernel.rectifier(
        ends.here.view, ends.other, inPlace.view, into: inPlace.mutableView, variant: variant)
      for lane in ends.lanes {
        let (here, there) = ends.pair(lane)
        for (i, made) in dInput.values(ofSample: lane).enumerated() {
          let expected = Double(gradients[lane][i]) * Self.share(here[i], there[i])
          #expect(abs(Double(made) - expected) <= 1e-6 * abs(expected))
        }
        #expect(inPlace.values(ofSample: lane) == dInput.values(ofSample: lane))
      }
      withExtendedLifetime((ends, dOutput)) {}
    }
  }

  @Test(
    arguments: KernelVariant.available,
    [[2, 4, 6], [3, 5, 7], [1, 2, 2], [2, 3, 8], [1, 4, 5]])
  func aWindowsMultipliersAreThoseOfTheRunningMaximum(_ variant: KernelVariant, _ sizes: [Int]) {
    let (channels, height, width) = (sizes[0], sizes[1], sizes[2])
    let inputs = channels * height * width
    let outputs = channels * (height / 2) * (width / 2)
    for (shift, isRectified) in [(nil, false), (1, false), (2, true), (nil, true)] {
      let ends = Ends(inputs, shift: shift)
      var values = KernelValues(seed: 9)
      let gradients = values.samples(of: outputs)
      let (dOutput, dInput) = (Lanes(gradients), Lanes.dirty(inputs))
      HalvingKernel(channels: channels, height: height, width: width, variant: variant)
        .runSecants(
          ends.here.view, ends.other, dOutput.view, into: dInput.mutableView,
          isRectified: isRectified)
      for lane in ends.lanes {
        let (here, there) = ends.pair(lane)
        var expected = Array(repeating: 0.0, count: inputs)
        var output = 0
        for channel in 0..<channels {
          for y in 0..<height / 2 {
            for x in 0..<width / 2 {
              let first = (channel * height + 2 * y) * width + 2 * x
              let window = [first, first + 1, first + width, first + width + 1]
              var rest = Double(gradients[lane][output])
              if isRectified {
                let largest = [here, there].map { end in window.map { end[$0] }.max() ?? 0 }
                rest *= Self.share(largest[0], largest[1])
              }
              for tap in [3, 2, 1] {
                let before = window[..<tap].map { here[$0] }.max() ?? 0
                let otherBefore = window[..<tap].map { there[$0] }.max() ?? 0
                let share = Self.share(
                  here[window[tap]] - before, there[window[tap]] - otherBefore)
                expected[window[tap]] = rest * share
                rest -= rest * share
              }
              expected[first] = rest
              output += 1
            }
          }
        }
        for (made, expected) in zip(dInput.values(ofSample: lane), expected) {
          #expect(abs(Double(made) - expected) <= 1e-5)
        }
      }
      withExtendedLifetime((ends, dOutput)) {}
    }
  }

  @Test(arguments: [nil, 1, 2, 15], [[3, 6, 8], [2, 5, 8], [3, 6, 7], [2, 5, 7]])
  func allVariantsGiveTheSameBytes(_ shift: Int?, _ sizes: [Int]) {
    let (channels, height, width) = (sizes[0], sizes[1], sizes[2])
    let count = channels * height * width
    let ends = Ends(count, shift: shift, isRounded: false)
    var values = KernelValues(seed: 10)
    let behind = Lanes(values.samples(of: count))
    let pooled = Lanes(values.samples(of: channels * (height / 2) * (width / 2)))
    var weights = Vector.zero
    for lane in 1..<laneCount { weights[lane] = values.normal(1)[0] }
    let results = KernelVariant.available.map { variant in
      let made = (0..<3).map { _ in Lanes.dirty(count) }
      SecantKernel.rectifier(
        ends.here.view, ends.other, behind.view, into: made[0].mutableView, variant: variant)
      let halving = HalvingKernel(
        channels: channels, height: height, width: width, variant: variant)
      for (isRectified, dInput) in [(false, made[1]), (true, made[2])] {
        halving.runSecants(
          ends.here.view, ends.other, pooled.view, into: dInput.mutableView,
          isRectified: isRectified)
      }
      var sums = [Float](repeating: 0.1, count: count)
      LaneSumsKernel.add(ends.here.view, weights: weights, to: &sums, variant: variant)
      let lanes = made.flatMap { lanes in (0..<laneCount).flatMap { lanes.values(ofSample: $0) } }
      return (lanes + sums).map(\.bitPattern)
    }
    for result in results { #expect(result == results[0]) }
    withExtendedLifetime((ends, behind, pooled)) {}
  }

  @Test(arguments: KernelVariant.available)
  func lanesAreAddedByTheirWeights(_ variant: KernelVariant) {
    var values = KernelValues(seed: 11)
    let samples = values.samples(of: 5, active: 13)
    let source = Lanes(samples)
    var weights = Vector.zero
    for lane in 0..<13 { weights[lane] = Float(lane) - 4 }
    var sums: [Float] = [1, 2, 3, 4, 5]
    LaneSumsKernel.add(source.view, weights: weights, to: &sums, variant: variant)
    for i in 0..<5 {
      let expected = (0..<13).reduce(Double(i + 1)) {
        $0 + Double(samples[$1][i]) * (Double($1) - 4)
      }
      #expect(abs(Double(sums[i]) - expected) < 1e-4)
    }
    withExtendedLifetime(source) {}
  }
}
