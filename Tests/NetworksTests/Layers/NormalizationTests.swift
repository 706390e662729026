import Networks
import Tensors
import Testing

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

@Suite struct NormalizationTests {
  static let batchCases = [[3, 2, 5] as Shape, [4], [2, 7], [1, 1, 1]].map { shape in
    LayerCase(
      "batch normalisation of \(shape)", .batchNormalization(BatchNormalization(epsilon: 1e-3)),
      inputs: [shape], parameters: Array(repeating: [shape[0]], count: 4),
      parameterValues: [
        .awayFromZero(), .uniform(-1...1), .uniform(-1...1), .uniform(0.2...3),
      ]
    ) { x, p in
      PlainArray(x[0].shape) { i in
        (x[0][i] - p[2][i[0]]) / (p[3][i[0]] + 1e-3).squareRoot() * p[0][i[0]] + p[1][i[0]]
      }
    }
  }

  static let layerCases = [
    (shape: [3, 2, 5] as Shape, axis: 0, parameters: 2), (shape: [3, 4], axis: 1, parameters: 1),
    (shape: [2, 3, 9], axis: 2, parameters: 0), (shape: [5, 6], axis: 1, parameters: 2),
  ].flatMap { shape, axis, parameters in
    [true, false].map { centers in
      LayerCase(
        "layer normalisation of \(shape) from axis \(axis), centred: \(centers)",
        .layerNormalization(LayerNormalization(axis: axis, epsilon: 1e-3, centers: centers)),
        inputs: [shape],
        parameters: Array(repeating: Shape(Array(shape.axes[axis...])), count: parameters)
      ) { x, p in
        let length = x[0].shape[axis...].reduce(1, *)
        return rows(x[0], length: length, centers: centers) { value, place in
          let i = place % length
          return value * (p.isEmpty ? 1 : p[0].values[i]) + (p.count < 2 ? 0 : p[1].values[i])
        }
      }
    }
  }

  static let groupCases = [
    (shape: [6, 2, 3] as Shape, grouping: GroupNormalization.Grouping.groups(2), parameters: 2),
    (shape: [4, 5], grouping: .groups(1), parameters: 0),
    (shape: [3, 3, 4], grouping: .instance, parameters: 2),
    (shape: [4], grouping: .groups(2), parameters: 2),
    (shape: [2, 9, 11], grouping: .instance, parameters: 0),
  ].map { shape, grouping, parameters in
    LayerCase(
      "group normalisation of \(shape), \(grouping)",
      .groupNormalization(GroupNormalization(grouping, epsilon: 1e-3)), inputs: [shape],
      parameters: Array(repeating: [shape[0]], count: parameters)
    ) { x, p in
      let plane = shape.count / shape[0]
      let length =
        switch grouping {
        case .groups(let groups): shape.count / groups
        case .instance: plane
        }
      return rows(x[0], length: length, centers: true) { value, place in
        p.isEmpty ? value : value * p[0].values[place / plane] + p[1].values[place / plane]
      }
    }
  }

  static let lpCases = [0, 1, 2].flatMap { axis in
    [
      LayerCase(
        "L1 normalisation along axis \(axis)", .lpNormalization(LpNormalization(.l1, axis: axis)),
        inputs: [[3, 4, 5]], values: [.awayFromZero()]
      ) { x, _ in
        lines(x[0], axis: axis) { line in line.map { $0 / line.reduce(0) { $0 + abs($1) } } }
      },
      LayerCase(
        "L2 normalisation along axis \(axis)", .lpNormalization(LpNormalization(.l2, axis: axis)),
        inputs: [[3, 4, 5]]
      ) { x, _ in
        lines(x[0], axis: axis) { line in
          line.map { $0 / line.reduce(0) { $0 + $1 * $1 }.squareRoot() }
        }
      },
    ]
  }

  static let localCases = [
    (shape: [7, 2, 3] as Shape, size: 5, beta: 0.75), ([4, 3], 4, 0.5), ([2, 1, 1], 5, 1),
    ([5, 2, 2], 3, 0.6), ([3, 2, 2], 1, 0.75),
  ].map { shape, size, beta in
    LayerCase(
      "local response normalisation of \(shape), \(size) channels, β \(beta)",
      .localResponseNormalization(
        LocalResponseNormalization(size: size, alpha: 0.4, beta: Float(beta), k: 0.5)),
      inputs: [shape]
    ) { x, _ in
      PlainArray(x[0].shape) { index in
        let (before, after) = ((size - 1) / 2, size / 2)
        let near = (0..<shape[0]).filter { (index[0] - before...index[0] + after).contains($0) }
        let squares = near.reduce(0.0) { sum, c in
          var place = index
          place[0] = c
          return sum + x[0][place] * x[0][place]
        }
        let base: Double = 0.5 + Double(Float(0.4)) / Double(size) * squares
        return x[0][index] / pow(base, Double(Float(beta)))
      }
    }
  }

  @Test(arguments: batchCases + layerCases + groupCases + lpCases + localCases)
  func agreesWithItsOracle(_ layerCase: LayerCase) throws {
    try layerCase.expectAgreement()
  }

  /// A mean a thousand times the spread: sums of plain squares in `Float` would keep nothing.
  @Test func aLargeMeanCostsNoAccuracy() throws {
    var random = SplitMix(seed: 1)
    let image = TestValues.uniform(999...1001).make(300, &random)
    let run = try LayerRun(
      .groupNormalization(GroupNormalization(.instance, epsilon: 0)), inputs: [[image]],
      shapes: [[1, 300]], parameters: [], dOutputs: [image], purpose: PlanPurpose())
    let mean = image.reduce(0) { $0 + Double($1) } / 300
    let variance = image.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / 300
    for (value, x) in zip(run.outputs[0], image) {
      #expect(abs(Double(value) - (Double(x) - mean) / variance.squareRoot()) < 2e-3)
    }
  }

  /// Rows of `length` neighbouring elements brought to mean zero (if `centers`) and spread one.
  private static func rows(
    _ x: PlainArray, length: Int, centers: Bool, _ line: (_ value: Double, _ place: Int) -> Double
  ) -> PlainArray {
    PlainArray(
      x.shape,
      x.values.indices.map { place in
        let row = x.values[place / length * length..<(place / length + 1) * length]
        let mean = centers ? row.reduce(0, +) / Double(length) : 0
        let variance = row.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(length)
        return line((x.values[place] - mean) / (variance + 1e-3).squareRoot(), place)
      })
  }
}

/// Applies a function to every line of an array along one axis.
func lines(_ x: PlainArray, axis: Int, _ function: ([Double]) -> [Double]) -> PlainArray {
  PlainArray(x.shape) { index in
    let line = (0..<x.shape[axis]).map { position in
      var place = index
      place[axis] = position
      return x[place]
    }
    return function(line)[index[axis]]
  }
}
