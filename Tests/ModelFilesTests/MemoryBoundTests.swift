import CAllocationCounter
import Networks
import TestSupport
import Testing

@testable import ModelFiles

/// What reading may take of memory, whatever a file claims: counted, not derived.
@Suite struct MemoryBoundTests {
  /// The most bytes that reading held at once beyond what was held before; nothing where memory
  /// cannot be counted.
  private func peak(reading bytes: [UInt8]) -> (model: ModelFile?, bytes: Int) {
    let before = CAllocationCounter_held()
    CAllocationCounter_forgetPeak()
    let model = try? ModelFile(bytes: bytes)
    return (model, CAllocationCounter_peak() - before)
  }

  /// What ``ReadingLimits`` states.
  private func bound(_ bytes: [UInt8]) -> Int { 64 * bytes.count + 512 << 20 }

  /// 20,000 files in all: bytes changed, runs removed, repeated or moved, numbers made huge.
  @Test(arguments: [
    "plain-9", "residual-18", "depthwise-11", "shapes-9", "shapes-20", "old-7", "transformed-17",
    "keras-style", "quantized", "function", "contracted-17", "late-norm-20", "keras-tf-mobile",
    "sklearn-mlp", "depthwise-optimized",
  ])
  func mutatedFilesNeverCrashNorTakeMoreThanStated(_ name: String) throws {
    let original = [UInt8](try Fixtures.data("reference/models/\(name).onnx"))
    var random = Mutations(seed: name.utf8.reduce(7) { $0 &* 31 &+ UInt64($1) })
    var readable = 0
    for _ in 0..<2000 {
      let bytes = random.mutate(original)
      let (model, peak) = peak(reading: bytes)
      #expect(peak <= bound(bytes))
      guard let model else { continue }
      readable += 1
      #expect(model.graph.outputs.count == 1)
    }
    // Weights are most of a file, so many a mutation changes only numbers.
    #expect(readable > 0)
  }

  /// Files that do nothing but ask for memory, by each way there is.
  private static let greedy: [(String, @Sendable () -> [UInt8])] = [
    (
      "empty messages",
      { [0x3a, 0x80, 0x80, 0x40] + Array(repeating: [0x0a, 0], count: 1 << 19).joined() }
    ),
    (
      "constants of a shape",
      {
        let shape = ONNX.Tensor("s", axes: [1], integers: [1 << 20])
        return model(
          (0..<1000).map { node("ConstantOfShape", ["s"], ["c\($0)"]) } + [
            node("Sum", (0..<60).map { "c\($0)" }, ["scores"])
          ], initializers: [shape])
      }
    ),
    (
      "ranges",
      {
        let numbers = [0, (1 << 20) - 1, 1].enumerated().map {
          ONNX.Tensor("n\($0)", axes: [], integers: [$1])
        }
        return model(
          (0..<100).map { node("Range", ["n0", "n1", "n2"], ["r\($0)"]) } + [
            node("Concat", (0..<100).map { "r\($0)" }, ["all"], [ONNX.Attribute("axis", 0)]),
            node("Add", ["image", "all"], ["scores"]),
          ], initializers: numbers)
      }
    ),
    (
      "arithmetic on constants",
      {
        let shape = ONNX.Tensor("s", axes: [1], integers: [1 << 20])
        return model(
          [node("ConstantOfShape", ["s"], ["v0"])]
            + (0..<300).map { node("Exp", ["v\($0)"], ["v\($0 + 1)"]) } + [
              node("Add", ["image", "v300"], ["scores"])
            ], initializers: [shape])
      }
    ),
    (
      "doubling",
      {
        let one = ONNX.Tensor("v0", axes: [1], floats: [1])
        return model(
          (0..<64).map {
            node("Concat", ["v\($0)", "v\($0)"], ["v\($0 + 1)"], [ONNX.Attribute("axis", 0)])
          } + [node("Add", ["image", "v64"], ["scores"])], initializers: [one])
      }
    ),
    (
      "packed numbers",
      {
        var tensor = ONNX.Tensor(
          "t", axes: [1 << 20], integers: Array(repeating: 1, count: 1 << 20))
        tensor.name = "t"
        return model(
          [
            node("Cast", ["t"], ["f"], [ONNX.Attribute("to", 1)]),
            node("Add", ["image", "f"], ["scores"]),
          ],
          input: [1, 1, 1, 1 << 20], initializers: [tensor])
      }
    ),
    (
      "one weight in many arrangements",
      {
        let weights = ONNX.Tensor(
          "w", axes: [512, 512], floats: Array(repeating: 1, count: 1 << 18))
        return model(
          (0..<1000).map { index in
            node(
              "Gemm", [index == 0 ? "image" : "x\(index)", "w"], ["x\(index + 1)"],
              [ONNX.Attribute("alpha", 1 + Float(index))])
          } + [node("Relu", ["x1000"], ["scores"])], input: [1, 512], initializers: [weights])
      }
    ),
    (
      "functions within functions",
      {
        var calls = ONNX.Model()
        calls.irVersion = 8
        calls.functions = (0..<12).map { level in
          var function = ONNX.Function()
          function.name = "F\(level)"
          function.domain = "local"
          function.inputs = ["x"]
          function.outputs = ["y"]
          let inner = level == 0 ? "Relu" : "F\(level - 1)"
          function.nodes = (0..<8).map { index in
            node(
              inner, [index == 0 ? "x" : "v\(index)"], [index == 7 ? "y" : "v\(index + 1)"],
              domain: level == 0 ? "" : "local")
          }
          return function
        }
        var graph = ONNX.Graph()
        graph.nodes = [
          node(
            "F11", ["image"], ["scores"], name: String(repeating: "n", count: 4000),
            domain: "local")
        ]
        calls.graph = graph
        var set = ONNX.OperatorSet()
        set.version = 17
        calls.operatorSets = [set]
        return calls.encoded
      }
    ),
  ]

  @Test(.enabled(if: CAllocationCounter_isAvailable() == 1), arguments: greedy.map(\.0))
  func greedyFilesTakeNoMoreThanStated(_ name: String) throws {
    let make = try #require(Self.greedy.first { $0.0 == name }).1
    let bytes = make()
    let peak = peak(reading: bytes).bytes
    #expect(peak <= bound(bytes), "\(peak) for \(bytes.count)")
    #expect(peak > 0)
  }

  @Test(.enabled(if: CAllocationCounter_isAvailable() == 1))
  func memoryIsCounted() {
    let before = CAllocationCounter_held()
    CAllocationCounter_forgetPeak()
    let array = Array(repeating: UInt8(1), count: 1 << 20)
    #expect(array.reduce(0) { $0 &+ $1 } == 0)
    #expect(1 << 20...(1 << 20) + 4096 ~= CAllocationCounter_peak() - before)
  }
}
