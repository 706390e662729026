import TestSupport
import Testing

@testable import Tensors

@Suite struct DenseKernelTests {
  static let sizes = [
    DenseGeometry(inputs: 1, outputs: 1), DenseGeometry(inputs: 1568, outputs: 10),
    DenseGeometry(inputs: 5, outputs: 131), DenseGeometry(inputs: 129, outputs: 1),
    DenseGeometry(inputs: 300, outputs: 17),
  ]

  @Test(
    "Both directions equal the definition, one group at a time and several at once",
    arguments: sizes, KernelVariant.available)
  func products(_ geometry: DenseGeometry, variant: KernelVariant) {
    for direction in KernelDirection.allCases {
      let kernel = DenseKernel(geometry, direction: direction, variant: variant)
      var values = KernelValues(seed: 2)
      let weights = values.normal(geometry.weightCount)
      let bias = values.normal(kernel.targetCount)
      let groups = (0..<7).map { _ in values.samples(of: kernel.sourceCount) }
      let packed = AlignedFloats(count: kernel.packedCount)
      kernel.pack(weights, into: packed)

      let sources = groups.map { Lanes($0) }
      let together = groups.map { _ in Lanes.dirty(kernel.targetCount) }
      withExtendedLifetime((sources, together)) {
        kernel.run(
          sources.map(\.view), packed: packed, bias: AlignedFloats(bias),
          into: together.map(\.mutableView))
      }
      for group in groups.indices {
        let alone = Lanes.dirty(kernel.targetCount)
        withExtendedLifetime((sources, alone)) {
          kernel.run(
            sources[group].view, packed: packed, bias: AlignedFloats(bias), into: alone.mutableView)
        }
        for lane in [0, 11] {
          let expected = product(geometry, direction, groups[group][lane], weights, bias)
          expectClose(alone.values(ofSample: lane), expected, relative: 4e-6)
          expectClose(together[group].values(ofSample: lane), expected, relative: 4e-6)
        }
      }
    }
  }

  @Test("A rectified output is the output with its negative numbers zero, and NaN stays")
  func rectifies() {
    let kernel = DenseKernel(DenseGeometry(inputs: 3, outputs: 20), direction: .forward)
    var values = KernelValues(seed: 5)
    let source = Lanes(values.samples(of: 3, active: 15))
    let packed = AlignedFloats(count: kernel.packedCount)
    kernel.pack(values.normal(60), into: packed)
    let (plain, rectified) = (Lanes.dirty(20), Lanes.dirty(20))
    withExtendedLifetime((source, plain, rectified)) {
      kernel.run(source.view, packed: packed, into: plain.mutableView)
      kernel.run(source.view, packed: packed, bounds: .rectified, into: rectified.mutableView)
    }
    for lane in 0..<15 {
      let positive = plain.values(ofSample: lane).map { max(0, $0) }
      #expect(rectified.values(ofSample: lane) == positive)
    }
    #expect(rectified.values(ofSample: 15).allSatisfy { $0.isNaN })
  }

  @Test(
    "Weight gradients equal the definition over the active lanes, whatever the others hold",
    arguments: sizes, KernelVariant.available)
  func weightGradient(_ geometry: DenseGeometry, variant: KernelVariant) {
    for (active, others) in [(16, 0), (7, Float.nan), (1, .infinity)] {
      var values = KernelValues(seed: 4)
      let input = values.samples(of: geometry.inputs, active: active, others: others)
      let gradient = values.samples(of: geometry.outputs, active: active, others: others)
      let weights = AlignedFloats([Float](repeating: 1, count: geometry.weightCount))
      let bias = AlignedFloats([Float](repeating: 1, count: geometry.outputs))
      let kernel = DenseWeightGradientKernel(geometry, variant: variant)
      let (x, dOutput) = (Lanes(input), Lanes(gradient))
      let scratch = Lanes.dirty(kernel.scratchCount)
      withExtendedLifetime((x, dOutput, scratch, weights, bias)) {
        unsafe kernel.add(
          input: x.view, outputGradient: dOutput.view, activeLanes: active, to: weights.pointer,
          bias: bias.pointer, scratch: scratch.mutableView)
      }

      var expectedWeights = [Double](repeating: 1, count: geometry.weightCount)
      var expectedBias = [Double](repeating: 1, count: geometry.outputs)
      for lane in 0..<active {
        for o in 0..<geometry.outputs {
          expectedBias[o] += Double(gradient[lane][o])
          for i in 0..<geometry.inputs {
            expectedWeights[o * geometry.inputs + i] +=
              Double(gradient[lane][o]) * Double(input[lane][i])
          }
        }
      }
      expectClose(weights.values, expectedWeights, relative: 2e-6)
      expectClose(bias.values, expectedBias, relative: 2e-6)
    }
  }

  private func product(
    _ geometry: DenseGeometry, _ direction: KernelDirection, _ source: [Float], _ weights: [Float],
    _ bias: [Float]
  ) -> [Double] {
    bias.indices.map { target in
      source.indices.reduce(Double(bias[target])) { sum, place in
        let weight =
          direction == .forward
          ? weights[target * geometry.inputs + place] : weights[place * geometry.inputs + target]
        return sum + Double(weight) * Double(source[place])
      }
    }
  }
}
