@testable import Tensors

/// A convolution as its definition says, in `Double`, for sixteen samples: slow and obvious.
///
/// Values are `[channel][row][column]` of each sample behind each other.
struct ConvolutionOracle {
  let geometry: ConvolutionGeometry

  /// Calls `body` with the places of every product: weight, input and output, each within a sample.
  private func forEachProduct(_ body: (_ weight: Int, _ input: Int, _ output: Int) -> Void) {
    let (y, x) = (geometry.vertical, geometry.horizontal)
    let (inputs, outputs) = (
      geometry.inputChannels / geometry.groups, geometry.outputChannels / geometry.groups
    )
    for k in 0..<geometry.outputChannels {
      for c in 0..<inputs {
        for i in 0..<y.kernel {
          for j in 0..<x.kernel {
            let weight = ((k * inputs + c) * y.kernel + i) * x.kernel + j
            for row in 0..<y.outputLength {
              for column in 0..<x.outputLength {
                let inputRow = row * y.stride - y.before + i * y.dilation
                let inputColumn = column * x.stride - x.before + j * x.dilation
                guard 0..<y.length ~= inputRow, 0..<x.length ~= inputColumn else { continue }
                let channel = k / outputs * inputs + c
                body(
                  weight, (channel * y.length + inputRow) * x.length + inputColumn,
                  (k * y.outputLength + row) * x.outputLength + column)
              }
            }
          }
        }
      }
    }
  }

  private var outputPlane: Int { geometry.vertical.outputLength * geometry.horizontal.outputLength }

  func output(_ input: [Float], weights: [Float], bias: [Float]) -> [Double] {
    var output = (0..<geometry.outputCount).map { Double(bias[$0 / outputPlane]) }
    forEachProduct { output[$2] += Double(weights[$0]) * Double(input[$1]) }
    return output
  }

  func inputGradient(_ outputGradient: [Float], weights: [Float]) -> [Double] {
    var gradient = [Double](repeating: 0, count: geometry.inputCount)
    forEachProduct { gradient[$1] += Double(weights[$0]) * Double(outputGradient[$2]) }
    return gradient
  }

  /// Adds one sample's share.
  func addWeightGradient(_ input: [Float], _ outputGradient: [Float], to gradient: inout [Double]) {
    forEachProduct { gradient[$0] += Double(input[$1]) * Double(outputGradient[$2]) }
  }

  func addBiasGradient(_ outputGradient: [Float], to gradient: inout [Double]) {
    for (place, value) in outputGradient.enumerated() {
      gradient[place / outputPlane] += Double(value)
    }
  }
}
