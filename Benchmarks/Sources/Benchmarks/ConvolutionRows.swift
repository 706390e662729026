import Tensors

/// A convolution layer of some well-known network.
struct ConvolutionLayer {
  let name: String
  let geometry: ConvolutionGeometry
  var forwardFloor: Double?
  var backwardFloor: Double?
  var gradientFloor: Double?

  /// For the algorithm that the library chooses.
  var chosenFloor: Double?

  init(
    _ name: String, _ inputs: Int, _ outputs: Int, side: Int, kernel: Int, stride: Int = 1,
    padding: Int, forward: Double? = nil, backward: Double? = nil, gradient: Double? = nil,
    chosen: Double? = nil
  ) {
    self.name = name
    let axis = ConvolutionAxis(
      length: side, kernel: kernel, stride: stride, before: padding, after: padding)
    geometry = ConvolutionGeometry(
      inputChannels: inputs, outputChannels: outputs, vertical: axis, horizontal: axis)
    forwardFloor = forward
    backwardFloor = backward
    gradientFloor = gradient
    chosenFloor = chosen
  }

  static let all = [
    ConvolutionLayer(
      "1→16 5x5 at 28x28", 1, 16, side: 28, kernel: 5, padding: 2, forward: 0.82, backward: 0.78,
      gradient: 0.65),
    ConvolutionLayer(
      "16→32 5x5 at 14x14", 16, 32, side: 14, kernel: 5, padding: 2, forward: 0.82, backward: 0.78,
      gradient: 0.65, chosen: 1.3),
    ConvolutionLayer(
      "32→64 3x3 at 26x26", 32, 64, side: 26, kernel: 3, padding: 0, forward: 0.82, gradient: 0.65,
      chosen: 0.82),
    ConvolutionLayer(
      "64→64 3x3 at 56x56", 64, 64, side: 56, kernel: 3, padding: 1, forward: 0.72, chosen: 1.4),
    ConvolutionLayer(
      "128→128 3x3 at 28x28", 128, 128, side: 28, kernel: 3, padding: 1, forward: 0.72,
      chosen: 1.55),
    ConvolutionLayer(
      "256→256 3x3 at 14x14", 256, 256, side: 14, kernel: 3, padding: 1, forward: 0.72),
    ConvolutionLayer(
      "512→512 3x3 at 7x7", 512, 512, side: 7, kernel: 3, padding: 1, forward: 0.72),
    ConvolutionLayer(
      "256→64 1x1 at 56x56", 256, 64, side: 56, kernel: 1, padding: 0, forward: 0.72),
    ConvolutionLayer(
      "3→64 7x7 stride 2 at 224x224", 3, 64, side: 224, kernel: 7, stride: 2, padding: 3),
  ]

  /// Measures each product of the layer.
  func results(_ stopwatch: Stopwatch, _ variant: KernelVariant, peak: Double) -> [Result] {
    let products: [(String, KernelDirection, Double?)] = [
      ("forward", .forward, forwardFloor), ("input gradient", .backward, backwardFloor),
    ]
    var results: [Result] = []
    for (label, direction, floor) in products {
      results.append(
        result("\(name) \(label)", direction, .direct, floor, stopwatch, variant, peak))
      let chosen = ConvolutionAlgorithm.fastest(for: geometry, direction: direction)
      guard case .winograd(let tile) = chosen else { continue }
      results.append(
        result(
          "\(name) \(label), Winograd F(\(tile.output),\(tile.kernel))", direction, chosen,
          chosenFloor, stopwatch, variant, peak))
    }
    results.append(weightGradient(stopwatch, variant, peak))
    return results
  }

  private func result(
    _ label: String, _ direction: KernelDirection, _ algorithm: ConvolutionAlgorithm,
    _ floor: Double?, _ stopwatch: Stopwatch, _ variant: KernelVariant, _ peak: Double
  ) -> Result {
    let kernel = ConvolutionKernel(
      geometry, direction: direction, algorithm: algorithm, variant: variant)
    let packed = AlignedFloats(count: kernel.packedCount)
    kernel.pack([Float](repeating: 0.01, count: geometry.weightCount), into: packed)
    let source = ones(kernel.sourceCount)
    let target = ones(kernel.targetCount)
    let scratch = ones(kernel.scratchCount)
    let time = withExtendedLifetime((source, target, scratch)) {
      stopwatch.medianSeconds {
        kernel.run(
          source.view, packed: packed, into: target.mutableView, scratch: scratch.mutableView)
      }
    }
    return Result(
      work: label, rate: Double(geometry.operations) / time, peak: peak, floor: floor)
  }

  private func weightGradient(
    _ stopwatch: Stopwatch, _ variant: KernelVariant, _ peak: Double
  ) -> Result {
    let kernel = ConvolutionWeightGradientKernel(geometry, variant: variant)
    let input = ones(geometry.inputCount)
    let outputGradient = ones(geometry.outputCount)
    let scratch = ones(kernel.scratchCount)
    let gradient = AlignedFloats(count: geometry.weightCount)
    let time = withExtendedLifetime((input, outputGradient, scratch, gradient)) {
      stopwatch.medianSeconds {
        unsafe kernel.add(
          input: input.view, outputGradient: outputGradient.view, activeLanes: laneCount,
          to: gradient.pointer, bias: nil, scratch: scratch.mutableView)
      }
    }
    return Result(
      work: "\(name) weight gradient", rate: Double(geometry.operations) / time, peak: peak,
      floor: gradientFloor)
  }
}

/// Elements to calculate with; ordinary numbers, since denormal ones are slow.
func ones(_ count: Int) -> Lanes {
  let lanes = Lanes([max(1, count)])
  withExtendedLifetime(lanes) { lanes.mutableView.fill(Vector(repeating: 1)) }
  return lanes
}
