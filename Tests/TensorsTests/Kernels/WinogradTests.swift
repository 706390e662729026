import TestSupport
import Testing

@testable import Tensors

@Suite struct WinogradTests {
  @Test(
    "Winograd's method equals the direct kernel within 2e-5, in every variant and direction",
    arguments: ConvolutionCase.winograd, KernelVariant.available)
  func equalsDirect(_ test: ConvolutionCase, variant: KernelVariant) {
    for tile in WinogradTile.allCases where tile.kernel == test.geometry.vertical.kernel {
      for direction in KernelDirection.allCases {
        let direct = ConvolutionRun(test.geometry, direction, .direct, variant)
        let fast = ConvolutionRun(test.geometry, direction, .winograd(tile), variant)
        for lane in [0, 15] {
          expectClose(
            fast.target.values(ofSample: lane),
            direct.target.values(ofSample: lane).map(Double.init),
            relative: 2e-5, "\(tile) \(direction)")
        }
      }
    }
  }

  @Test("Winograd's method equals the definition without bias", arguments: ConvolutionCase.winograd)
  func equalsDefinition(_ test: ConvolutionCase) {
    for tile in WinogradTile.allCases where tile.kernel == test.geometry.vertical.kernel {
      let run = ConvolutionRun(test.geometry, .backward, .winograd(tile), .best, hasBias: false)
      let expected = ConvolutionOracle(geometry: test.geometry)
        .inputGradient(run.source[2], weights: run.weights)
      expectClose(run.target.values(ofSample: 2), expected, relative: 2e-5, "\(tile)")
    }
  }

  @Test("On rectified activations and trained-like weights the error stays within 2e-5")
  func realisticDistributions() {
    // Activations after a ReLU are sparse and positive; weights have the size of He's rule.
    let geometry = ConvolutionGeometry(
      inputChannels: 128, outputChannels: 24,
      vertical: ConvolutionAxis(length: 28, kernel: 3, before: 1, after: 1),
      horizontal: ConvolutionAxis(length: 28, kernel: 3, before: 1, after: 1))
    var values = KernelValues(seed: 8)
    let samples = values.samples(of: geometry.inputCount).map { $0.map { max(0, $0) } }
    let weights = values.normal(geometry.weightCount).map { $0 * 0.042 }
    let outputs = [ConvolutionAlgorithm.direct, .winograd(.output4Kernel3)].map { algorithm in
      let kernel = ConvolutionKernel(geometry, direction: .forward, algorithm: algorithm)
      let packed = AlignedFloats(count: kernel.packedCount)
      kernel.pack(weights, into: packed)
      let target = Lanes.dirty(kernel.targetCount)
      let (input, scratch) = (Lanes(samples), Lanes.dirty(kernel.scratchCount))
      withExtendedLifetime((input, scratch, target)) {
        kernel.run(
          input.view, packed: packed, into: target.mutableView, scratch: scratch.mutableView)
      }
      return target
    }
    for lane in 0..<laneCount {
      expectClose(
        outputs[1].values(ofSample: lane), outputs[0].values(ofSample: lane).map(Double.init),
        relative: 2e-5)
    }
  }

  @Test("It is chosen only where it is possible and saves work")
  func choice() {
    func square(_ length: Int, kernel: Int, stride: Int = 1) -> ConvolutionAxis {
      ConvolutionAxis(
        length: length, kernel: kernel, stride: stride, before: kernel / 2, after: kernel / 2)
    }
    func choice(_ inputs: Int, _ outputs: Int, _ axis: ConvolutionAxis) -> ConvolutionAlgorithm {
      .fastest(
        for: ConvolutionGeometry(
          inputChannels: inputs, outputChannels: outputs, vertical: axis, horizontal: axis),
        direction: .forward)
    }
    #expect(choice(64, 64, square(56, kernel: 3)) == .winograd(.output4Kernel3))
    #expect(choice(16, 32, square(14, kernel: 5)) == .winograd(.output4Kernel5))
    #expect(choice(64, 128, square(56, kernel: 3, stride: 2)) == .direct)
    #expect(choice(256, 64, square(56, kernel: 1)) == .direct)
    #expect(choice(1, 16, square(28, kernel: 5)) == .direct)
  }

  @Test(
    "Flat windows give the very same number wherever they lie, with all that says so",
    arguments: [3, 5], KernelVariant.available)
  func flatStaysFlat(kernel: Int, variant: KernelVariant) {
    let axis = ConvolutionAxis(length: 26, kernel: kernel, before: kernel / 2, after: kernel / 2)
    let algorithms =
      [ConvolutionAlgorithm.direct]
      + WinogradTile.allCases.filter { $0.kernel == kernel && $0.keepsTies }.map { .winograd($0) }
    for (inputs, outputs) in [(1, 5), (8, 16), (13, 23), (40, 9)] {
      let geometry = ConvolutionGeometry(
        inputChannels: inputs, outputChannels: outputs, vertical: axis, horizontal: axis)
      var values = KernelValues(seed: 4)
      let (weights, shades) = (values.normal(geometry.weightCount), values.normal(inputs))
      // One shade in each channel but for a spot, so that the tiles are flat, mixed and full.
      var sample = shades.flatMap { Array(repeating: $0, count: 26 * 26) }
      let spot = 7..<12
      for (channel, row) in (0..<inputs).flatMap({ c in spot.map { (c, $0) } }) {
        let start = (channel * 26 + row) * 26
        for (column, value) in zip(spot, values.normal(5)) { sample[start + column] = value }
      }
      let kernels = algorithms.map {
        ConvolutionKernel(geometry, direction: .forward, algorithm: $0, variant: variant)
      }
      for convolution in kernels {
        let packed = AlignedFloats(count: convolution.packedCount)
        convolution.pack(weights, into: packed)
        let (input, scratch) = (Lanes([sample]), Lanes.dirty(convolution.scratchCount))
        let target = Lanes.dirty(convolution.targetCount)
        withExtendedLifetime((input, scratch, target)) {
          convolution.run(
            input.view, packed: packed, into: target.mutableView, scratch: scratch.mutableView)
        }
        let output = target.values(ofSample: 0)
        let reach = kernel / 2
        let flat = (reach..<26 - reach).filter { $0 + reach < spot.lowerBound }
        let far = (reach..<26 - reach).filter { $0 - reach >= spot.upperBound }
        for channel in 0..<outputs {
          let plane = output[channel * 676..<(channel + 1) * 676]
          var flatPlaces: [Int] = []
          for row in reach..<26 - reach {
            for other in flat + far { flatPlaces += [row * 26 + other, other * 26 + row] }
          }
          let found = Set(flatPlaces.map { plane[plane.startIndex + $0].bitPattern })
          #expect(found.count == 1, "\(convolution.algorithm), \(inputs) to \(outputs) channels")
        }
      }
    }
  }
}
