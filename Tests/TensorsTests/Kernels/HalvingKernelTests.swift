import Tensors
import Testing

@Suite struct HalvingKernelTests {
  @Test(arguments: KernelVariant.available, [[2, 4, 6], [3, 5, 7], [1, 2, 2], [2, 3, 8]])
  func everyWindowsWinnerIsFoundAndGetsTheGradient(_ variant: KernelVariant, _ sizes: [Int]) {
    let (channels, height, width) = (sizes[0], sizes[1], sizes[2])
    let outputCount = channels * (height / 2) * (width / 2)
    var values = KernelValues(seed: 3)
    // Few different numbers, so that many windows have several largest elements.
    let samples = values.samples(of: channels * height * width).map { $0.map { $0.rounded() } }
    let gradients = values.samples(of: outputCount)
    let (input, dOutput) = (Lanes(samples), Lanes(gradients))
    let (output, winners) = (Lanes.dirty(outputCount), Lanes.dirty(outputCount))
    let (outputAlone, dInput) = (Lanes.dirty(outputCount), Lanes.dirty(input.view.count))
    let kernel = HalvingKernel(
      channels: channels, height: height, width: width, variant: variant)
    kernel.run(input.view, into: output.mutableView, winners: winners.mutableView)
    kernel.run(input.view, into: outputAlone.mutableView)
    kernel.runBackward(dOutput.view, winners: winners.view, into: dInput.mutableView)

    for lane in 0..<laneCount {
      var pooled: [Float] = []
      var spread = Array(repeating: Float(0), count: samples[lane].count)
      for channel in 0..<channels {
        for y in 0..<height / 2 {
          for x in 0..<width / 2 {
            let first = (channel * height + 2 * y) * width + 2 * x
            let window = [first, first + 1, first + width, first + width + 1]
            let winner = window.reduce(first) { samples[lane][$1] > samples[lane][$0] ? $1 : $0 }
            spread[winner] = gradients[lane][pooled.count]
            pooled.append(samples[lane][winner])
          }
        }
      }
      #expect(output.values(ofSample: lane) == pooled)
      #expect(outputAlone.values(ofSample: lane) == pooled)
      #expect(dInput.values(ofSample: lane) == spread)
    }
    withExtendedLifetime((input, dOutput, winners)) {}
  }

  @Test(arguments: KernelVariant.available)
  func aWindowWithANaNGivesNaN(_ variant: KernelVariant) {
    for place in 0..<4 {
      var window: [Float] = [1, .infinity, 3, 4]
      window[place] = .nan
      let (input, output) = (Lanes([4], samples: [window]), Lanes.dirty(1))
      HalvingKernel(channels: 1, height: 2, width: 2, variant: variant)
        .run(input.view, into: output.mutableView)
      #expect(output.values(ofSample: 0)[0].isNaN)
      #expect(output.values(ofSample: 1)[0] == 0)
      withExtendedLifetime(input) {}
    }
  }
}
