import Networks
import Tensors
import Testing

@Suite struct RearrangementTests {
  static let cases: [LayerCase] = [
    LayerCase("transpose", .transpose(Transpose([2, 0, 1])), inputs: [[2, 3, 5]]) { x, _ in
      PlainArray([5, 2, 3]) { x[0][$0[1], $0[2], $0[0]] }
    },
    LayerCase("transpose of a matrix", .transpose(Transpose([1, 0])), inputs: [[7, 1]]) { x, _ in
      PlainArray([1, 7]) { x[0][$0[1], $0[0]] }
    },
    LayerCase(
      "slice", .slice(Slice([.init(axis: 1, from: 1, to: 4), .init(axis: 2, from: -2, to: 99)])),
      inputs: [[2, 5, 3]]
    ) { x, _ in PlainArray([2, 3, 2]) { x[0][$0[0], $0[1] + 1, $0[2] + 1] } },
    LayerCase(
      "slice with a step", .slice(Slice([.init(axis: 0, from: 1, to: 7, step: 3)])),
      inputs: [[7, 2]]
    ) { x, _ in PlainArray([2, 2]) { x[0][1 + 3 * $0[0], $0[1]] } },
    LayerCase(
      "slice backwards", .slice(Slice([.init(axis: 0, from: -1, to: .min, step: -2)])),
      inputs: [[5, 2]]
    ) { x, _ in PlainArray([3, 2]) { x[0][4 - 2 * $0[0], $0[1]] } },
    padding("zeros around", before: [0, 1, 2], after: [0, 3, 0], .constant(0)) { _ in nil },
    padding("a constant around", before: [1, 0, 0], after: [0, 0, 2], .constant(-2.5)) { _ in nil },
    padding("edge", before: [0, 2, 5], after: [1, 3, 1], .edge) { index in
      zip(index, [2, 3, 5]).map { min(max($0, 0), $1 - 1) }
    },
    padding("reflect", before: [0, 2, 4], after: [1, 1, 0], .reflect) { index in
      zip(index, [2, 3, 5]).map { abs($0) >= $1 ? 2 * ($1 - 1) - $0 : abs($0) }
    },
    padding("crop and pad", before: [0, -1, 2], after: [-1, 1, -3], .constant(1)) { _ in nil },
    LayerCase("expand", .expand(Expand(to: [4, 3, 5])), inputs: [[3, 1]]) { x, _ in
      PlainArray([4, 3, 5]) { x[0][$0[1], 0] }
    },
    LayerCase("expand to less", .expand(Expand(to: [1, 2])), inputs: [[3, 4, 1]]) { x, _ in
      PlainArray([3, 4, 2]) { x[0][$0[0], $0[1], 0] }
    },
    LayerCase("expand a number", .expand(Expand(to: [2, 3])), inputs: [[]]) { x, _ in
      PlainArray([2, 3]) { _ in x[0][] }
    },
    LayerCase("tile", .tile(Tile([1, 3, 2])), inputs: [[2, 3, 2]]) { x, _ in
      PlainArray([2, 9, 4]) { x[0][$0[0], $0[1] % 3, $0[2] % 2] }
    },
    LayerCase(
      "gather with repeats", .gather(Gather([2, 0, -1, 2], shape: [4], axis: 1)),
      inputs: [[2, 3, 2]]
    ) { x, _ in PlainArray([2, 4, 2]) { x[0][$0[0], [2, 0, 2, 2][$0[1]], $0[2]] } },
    LayerCase(
      "gather by a table", .gather(Gather([0, 1, 1, 0], shape: [2, 2], axis: 0)), inputs: [[2, 3]]
    ) { x, _ in PlainArray([2, 2, 3]) { x[0][$0[0] == $0[1] ? 0 : 1, $0[2]] } },
    LayerCase("gather one", .gather(Gather([1], shape: [], axis: 2)), inputs: [[2, 3, 2]]) { x, _ in
      PlainArray([2, 3]) { x[0][$0[0], $0[1], 1] }
    },
    LayerCase(
      "depth to space", .depthToSpace(DepthToSpace(block: 2)), inputs: [[12, 2, 3]]
    ) { x, _ in
      PlainArray([3, 4, 6]) {
        x[0][($0[1] % 2 * 2 + $0[2] % 2) * 3 + $0[0], $0[1] / 2, $0[2] / 2]
      }
    },
    LayerCase(
      "pixel shuffle", .depthToSpace(DepthToSpace(block: 3, order: .columnRowDepth)),
      inputs: [[18, 1, 2]]
    ) { x, _ in
      PlainArray([2, 3, 6]) { x[0][$0[0] * 9 + $0[1] % 3 * 3 + $0[2] % 3, $0[1] / 3, $0[2] / 3] }
    },
    LayerCase("space to depth", .spaceToDepth(SpaceToDepth(block: 2)), inputs: [[3, 4, 6]]) {
      x, _ in
      PlainArray([12, 2, 3]) { index in
        let (place, channel) = (index[0] / 3, index[0] % 3)
        return x[0][channel, 2 * index[1] + place / 2, 2 * index[2] + place % 2]
      }
    },
    LayerCase(
      "concatenation of channels", .concatenation(Concatenation(axis: 0)),
      inputs: [[2, 3, 2], [1, 3, 2], [4, 3, 2]]
    ) { x, _ in PlainArray([7, 3, 2], x[0].values + x[1].values + x[2].values) },
    LayerCase(
      "concatenation of columns", .concatenation(Concatenation(axis: 2)),
      inputs: [[2, 3, 2], [2, 3, 1]]
    ) { x, _ in
      PlainArray([2, 3, 3]) { $0[2] < 2 ? x[0][$0] : x[1][$0[0], $0[1], 0] }
    },
    LayerCase("concatenation of one", .concatenation(Concatenation(axis: 1)), inputs: [[2, 3]]) {
      x, _ in x[0]
    },
  ]

  private static func padding(
    _ name: String, before: [Int], after: [Int], _ mode: Padding.Mode,
    _ outside: @escaping @Sendable ([Int]) -> [Int]?
  ) -> LayerCase {
    LayerCase(
      "padding: " + name, .padding(Padding(before: before, after: after, mode: mode)),
      inputs: [[2, 3, 5]]
    ) { x, _ in
      var filling = 0.0
      if case .constant(let value) = mode { filling = Double(value) }
      let shape = zip(x[0].shape, zip(before, after)).map { $0 + $1.0 + $1.1 }
      return PlainArray(shape) { index in
        let inner = zip(index, before).map { $0 - $1 }
        if zip(inner, x[0].shape).allSatisfy({ $0 >= 0 && $0 < $1 }) { return x[0][inner] }
        return outside(inner).map { x[0][$0] } ?? filling
      }
    }
  }

  @Test(arguments: cases) func agreesWithItsOracle(_ layerCase: LayerCase) throws {
    try layerCase.expectAgreement()
  }

  @Test(arguments: [
    (Slice.Cut(axis: 0, from: 0, to: 5), [0, 1, 2, 3, 4]),
    (Slice.Cut(axis: 0, from: -3, to: -1), [2, 3]),
    (Slice.Cut(axis: 0, from: -99, to: 99, step: 2), [0, 2, 4]),
    (Slice.Cut(axis: 0, from: 99, to: -99, step: -1), [4, 3, 2, 1, 0]),
    (Slice.Cut(axis: 0, from: 3, to: 0, step: -2), [3, 1]),
    (Slice.Cut(axis: 0, from: .max, to: .min, step: -4), [4, 0]),
  ])
  func slicesAsPythonDoes(_ cut: Slice.Cut, _ expected: [Int]) throws {
    let run = try LayerRun(
      .slice(Slice([cut])), inputs: [[[0, 1, 2, 3, 4]]], shapes: [[5]], parameters: [],
      dOutputs: [expected.map { Float($0) }], purpose: PlanPurpose(inputGradients: true))
    #expect(run.outputs[0] == expected.map { Float($0) })
  }

  @Test func impossibleSettingsAreNamed() {
    #expect(throws: ShapeError.impossible(setting: "length", value: 0)) {
      try Slice([.init(axis: 0, from: 2, to: 2)]).outputShape(inputs: [[5]], parameters: [])
    }
    #expect(throws: ShapeError.impossible(setting: "step", value: 0)) {
      try Slice([.init(axis: 0, from: 2, to: 2, step: 0)]).outputShape(
        inputs: [[5]], parameters: [])
    }
    #expect(throws: ShapeError.axisOutOfRange(axis: 1, rank: 1)) {
      try Slice([.init(axis: 1, from: 2, to: 2)]).outputShape(inputs: [[5]], parameters: [])
    }
    #expect(throws: ShapeError.impossible(setting: "padding", value: 5)) {
      try Padding(before: [5], after: [0], mode: .reflect).outputShape(
        inputs: [[5]], parameters: [])
    }
    #expect(throws: ShapeError.impossible(setting: "permutation", value: 0)) {
      try Transpose([0, 0]).outputShape(inputs: [[5, 2]], parameters: [])
    }
    #expect(throws: ShapeError.impossible(setting: "index", value: 5)) {
      try Gather([5], shape: [1], axis: 0).outputShape(inputs: [[5]], parameters: [])
    }
    #expect(throws: ShapeError.wrongLength(input: 1, axis: 1, found: 4, expected: 3)) {
      try Concatenation(axis: 0).outputShape(inputs: [[2, 3], [2, 4]], parameters: [])
    }
    #expect(throws: ShapeError.tooLarge(axes: [1 << 20, 1 << 20])) {
      try Expand(to: [1 << 20, 1 << 20]).outputShape(inputs: [[1]], parameters: [])
    }
  }
}
