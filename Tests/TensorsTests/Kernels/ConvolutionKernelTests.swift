import TestSupport
import Testing

@testable import Tensors

@Suite struct ConvolutionKernelTests {
  @Test(
    "Direct forward equals the definition, in every variant of the machine",
    arguments: ConvolutionCase.all, KernelVariant.available)
  func forward(_ test: ConvolutionCase, variant: KernelVariant) {
    let run = ConvolutionRun(test.geometry, .forward, .direct, variant)
    for lane in [0, 7, 15] {
      let expected = ConvolutionOracle(geometry: test.geometry)
        .output(run.source[lane], weights: run.weights, bias: run.bias)
      expectClose(run.target.values(ofSample: lane), expected, relative: 2e-6)
    }
  }

  @Test(
    "Bounds hold the very same numbers, in every direction and variant",
    arguments: ConvolutionCase.all, KernelVariant.available)
  func bounds(_ test: ConvolutionCase, variant: KernelVariant) {
    let winograd = WinogradTile.allCases
      .filter { test.geometry.allowsWinograd && $0.kernel == test.geometry.vertical.kernel }
      .map { ConvolutionAlgorithm.winograd($0) }
    for algorithm in [.direct] + winograd {
      for direction in KernelDirection.allCases {
        let free = ConvolutionRun(test.geometry, direction, algorithm, variant)
        for bounds in [ResultBounds.rectified, ResultBounds(low: -0.5, high: 1)] {
          let held = ConvolutionRun(test.geometry, direction, algorithm, variant, bounds: bounds)
          let expected = free.target.values(ofSample: 5)
            .map { min(max($0, bounds.low), bounds.high) }
          #expect(held.target.values(ofSample: 5) == expected, "\(algorithm) \(direction)")
        }
      }
    }
  }

  @Test(
    "Direct input gradients equal the definition, in every variant of the machine",
    arguments: ConvolutionCase.all, KernelVariant.available)
  func backward(_ test: ConvolutionCase, variant: KernelVariant) {
    let run = ConvolutionRun(test.geometry, .backward, .direct, variant, hasBias: false)
    for lane in [0, 7, 15] {
      let expected = ConvolutionOracle(geometry: test.geometry)
        .inputGradient(run.source[lane], weights: run.weights)
      expectClose(run.target.values(ofSample: lane), expected, relative: 2e-6)
    }
  }

  @Test("A backward product adds its bias everywhere", arguments: ConvolutionCase.all)
  func backwardBias(_ test: ConvolutionCase) {
    let run = ConvolutionRun(test.geometry, .backward, .direct, .best)
    let plane = test.geometry.vertical.length * test.geometry.horizontal.length
    let expected = ConvolutionOracle(geometry: test.geometry)
      .inputGradient(run.source[3], weights: run.weights).enumerated()
      .map { $1 + Double(run.bias[$0 / plane]) }
    expectClose(run.target.values(ofSample: 3), expected, relative: 2e-6)
  }

  @Test(
    "Weight gradients equal the definition over the active lanes, whatever the others hold",
    arguments: ConvolutionCase.all, KernelVariant.available)
  func weightGradient(_ test: ConvolutionCase, variant: KernelVariant) {
    let geometry = test.geometry
    for (active, others) in [(16, 0), (5, Float.nan), (1, .infinity)] {
      var values = KernelValues(seed: 3)
      let input = values.samples(of: geometry.inputCount, active: active, others: others)
      let gradient = values.samples(of: geometry.outputCount, active: active, others: others)
      // It adds to what is there.
      let weights = AlignedFloats([Float](repeating: 1, count: geometry.weightCount))
      let bias = AlignedFloats([Float](repeating: 1, count: geometry.outputChannels))
      let kernel = ConvolutionWeightGradientKernel(geometry, variant: variant)
      let (x, dOutput) = (Lanes(input), Lanes(gradient))
      let scratch = Lanes.dirty(kernel.scratchCount)
      withExtendedLifetime((x, dOutput, scratch, weights, bias)) {
        unsafe kernel.add(
          input: x.view, outputGradient: dOutput.view, activeLanes: active, to: weights.pointer,
          bias: bias.pointer, scratch: scratch.mutableView)
      }

      let oracle = ConvolutionOracle(geometry: geometry)
      var expectedWeights = [Double](repeating: 1, count: geometry.weightCount)
      var expectedBias = [Double](repeating: 1, count: geometry.outputChannels)
      for lane in 0..<active {
        oracle.addWeightGradient(input[lane], gradient[lane], to: &expectedWeights)
        oracle.addBiasGradient(gradient[lane], to: &expectedBias)
      }
      expectClose(weights.values, expectedWeights, relative: 2e-6)
      expectClose(bias.values, expectedBias, relative: 2e-6)
    }
  }

  @Test(
    "Variants agree, and NaN or infinity in one lane reaches no other",
    arguments: ConvolutionCase.all, KernelDirection.allCases)
  func variantsAgree(_ test: ConvolutionCase, direction: KernelDirection) {
    let runs = KernelVariant.available.map { variant in
      ConvolutionRun(test.geometry, direction, .direct, variant, active: 9)
    }
    for lane in 0..<9 {
      let first = runs[0].target.values(ofSample: lane).map(Double.init)
      for run in runs { expectClose(run.target.values(ofSample: lane), first, relative: 1e-5) }
    }
  }
}

/// One run of a kernel on random numbers, in memory that was dirty before.
struct ConvolutionRun {
  let source: [[Float]]
  let weights: [Float]
  let bias: [Float]
  let target: Lanes

  init(
    _ geometry: ConvolutionGeometry, _ direction: KernelDirection,
    _ algorithm: ConvolutionAlgorithm?, _ variant: KernelVariant, hasBias: Bool = true,
    bounds: ResultBounds? = nil, active: Int = laneCount
  ) {
    let kernel = ConvolutionKernel(
      geometry, direction: direction, algorithm: algorithm, variant: variant)
    var values = KernelValues(seed: 1)
    source = values.samples(of: kernel.sourceCount, active: active)
    weights = values.normal(geometry.weightCount)
    let channels = direction == .forward ? geometry.outputChannels : geometry.inputChannels
    bias = values.normal(channels)
    let packed = AlignedFloats(count: kernel.packedCount)
    kernel.pack(weights, into: packed)
    target = Lanes.dirty(kernel.targetCount)
    let (input, scratch) = (Lanes(source), Lanes.dirty(kernel.scratchCount))
    withExtendedLifetime((input, scratch, target)) {
      kernel.run(
        input.view, packed: packed, bias: hasBias ? AlignedFloats(bias) : nil,
        bounds: bounds, into: target.mutableView, scratch: scratch.mutableView)
    }
  }
}

extension AlignedFloats {
  var values: [Float] { (0..<count).map { self[$0] } }
}
