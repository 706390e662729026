import Networks
import Tensors
import Testing

@Suite struct ResizeTests {
  static let coordinates: [Resize.Coordinates] = [
    .halfPixel, .pytorchHalfPixel, .alignCorners, .asymmetric,
  ]
  static let interpolations: [Resize.Interpolation] = [
    .linear, .nearest(.floor), .nearest(.ceil), .nearest(.roundPreferFloor),
    .nearest(.roundPreferCeil),
  ]

  static let cases = coordinates.flatMap { coordinates in
    interpolations.flatMap { interpolation in
      [([3, 4], [6, 8]), ([5, 7], [3, 10]), ([1, 1], [2, 3]), ([6, 5], [1, 1]), ([4], [7])].map {
        source, target in
        LayerCase(
          "\(source) to \(target), \(interpolation), \(coordinates)",
          .resize(
            Resize(
              from: source, to: target, interpolation: interpolation, coordinates: coordinates)),
          inputs: [Shape([2] + source)]
        ) { x, _ in
          zip(source, target).enumerated().reduce(x[0]) { partial, axis in
            resized(
              partial, axis: axis.offset + 1, to: axis.element.1, interpolation, coordinates)
          }
        }
      }
    }
  }

  @Test(arguments: cases) func agreesWithItsOracle(_ layerCase: LayerCase) throws {
    try layerCase.expectAgreement(samples: [1, 17])
  }

  @Test func aStatedScaleNeedNotBeTheRatioOfTheLengths() throws {
    // 5 · 1.5 = 7.5 gives 7 elements, which lie 1 / 1.5 apart and not 5 / 7.
    let run = try LayerRun(
      .resize(
        Resize(
          from: [5], to: [7], scales: [1.5], interpolation: .linear, coordinates: .asymmetric)),
      inputs: [[[0, 1, 2, 3, 4]]], shapes: [[1, 5]], parameters: [],
      dOutputs: [Array(repeating: 1, count: 7)], purpose: PlanPurpose(inputGradients: true))
    for (o, value) in run.outputs[0].enumerated() {
      #expect(abs(value - min(4, Float(o) / 1.5)) < 1e-6)
    }
  }

  private static func resized(
    _ x: PlainArray, axis: Int, to target: Int, _ interpolation: Resize.Interpolation,
    _ coordinates: Resize.Coordinates
  ) -> PlainArray {
    let length = x.shape[axis]
    var shape = x.shape
    shape[axis] = target
    return PlainArray(shape) { index in
      let o = Double(index[axis])
      let (from, to) = (Double(length), Double(target))
      let position =
        switch coordinates {
        case .halfPixel: (o + 0.5) * from / to - 0.5
        case .pytorchHalfPixel: target == 1 ? 0 : (o + 0.5) * from / to - 0.5
        case .alignCorners: target == 1 ? 0 : o * (from - 1) / (to - 1)
        case .asymmetric: o * from / to
        }
      func element(_ i: Double) -> Double {
        var place = index
        place[axis] = min(max(Int(i), 0), length - 1)
        return x[place]
      }
      let below = position.rounded(.down)
      switch interpolation {
      case .nearest(.floor): return element(below)
      case .nearest(.ceil): return element(position.rounded(.up))
      case .nearest(.roundPreferFloor):
        return element(position - below <= 0.5 ? below : below + 1)
      case .nearest(.roundPreferCeil):
        return element(position - below < 0.5 ? below : below + 1)
      case .linear:
        return element(below) * (1 - (position - below))
          + element(below + 1) * (position - below)
      }
    }
  }
}
