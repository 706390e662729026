import Tensors

/// Measures a dense layer forward, for one group of samples and for four at once.
func denseResults(
  inputs: Int, outputs: Int, _ stopwatch: Stopwatch, _ variant: KernelVariant, peak: Double
) -> [Result] {
  let geometry = DenseGeometry(inputs: inputs, outputs: outputs)
  let kernel = DenseKernel(geometry, direction: .forward, variant: variant)
  let packed = AlignedFloats(count: kernel.packedCount)
  kernel.pack([Float](repeating: 0.01, count: geometry.weightCount), into: packed)
  return [1, 4].map { groups in
    let sources = (0..<groups).map { _ in ones(inputs) }
    let targets = (0..<groups).map { _ in ones(outputs) }
    let time = withExtendedLifetime((sources, targets)) {
      let (from, to) = (sources.map(\.view), targets.map(\.mutableView))
      return stopwatch.medianSeconds { kernel.run(from, packed: packed, into: to) }
    }
    return Result(
      work: "\(inputs)→\(outputs) dense forward, \(groups == 1 ? "1 group" : "\(groups) groups")",
      rate: Double(2 * laneCount * groups * geometry.weightCount) / time, peak: peak,
      floor: groups == 4 ? 0.45 : nil)
  }
}
