import Networks
import Tensors
import Testing

@Suite struct ArithmeticReferenceTests {
  static let file = ReferenceFile("arithmetic.json")
  static let operations: [String: Operation] = {
    var operations: [String: Operation] = [:]
    for kind in ArithmeticKind.allCases {
      operations[kind.rawValue] = .arithmetic(Arithmetic(kind))
      operations["constant " + kind.rawValue] = .arithmeticConstant(
        ArithmeticConstant(kind, constant: .left))
    }
    for kind in ReductionKind.allCases {
      let name = operations[kind.rawValue] == nil ? kind.rawValue : kind.rawValue + " of"
      operations[name] = .reduction(Reduction(kind, axes: [1, 2]))
    }
    operations["slopes"] = .parametricReLU(ParametricReLU())
    return operations
  }()

  @Test(arguments: file.cases) func agreesWithPyTorch(_ reference: ReferenceCase) throws {
    try reference.expectAgreement(with: Self.operations)
  }
}

@Suite struct RearrangementReferenceTests {
  static let file = ReferenceFile("shapes.json")
  static let operations: [String: Operation] = [
    "concatenation": .concatenation(Concatenation(axis: 1)),
    "crop": .padding(Padding(before: [0, 1, -1], after: [0, -2, 0])),
    "edge": .padding(Padding(before: [0, 0, 2], after: [0, 3, 1], mode: .edge)),
    "expand": .expand(Expand(to: [3, 2, 4])),
    "gather": .gather(Gather([2, 0, 2], shape: [3], axis: 0)),
    "pixel shuffle": .depthToSpace(DepthToSpace(block: 2, order: .columnRowDepth)),
    "reflect": .padding(Padding(before: [0, 2, 1], after: [0, 1, 0], mode: .reflect)),
    "slice": .slice(
      Slice([.init(axis: 0, from: 1, to: 4, step: 2), .init(axis: 1, from: 0, to: -1)])),
    "tile": .tile(Tile([1, 2, 3])),
    "transpose": .transpose(Transpose([2, 0, 1])),
    "zeros": .padding(Padding(before: [0, 0, 1], after: [0, 1, 2])),
  ]

  @Test(arguments: file.cases) func agreesWithPyTorch(_ reference: ReferenceCase) throws {
    try reference.expectAgreement(with: Self.operations)
  }
}
