import FoundationEssentials
import Networks
import Tensors
import TestSupport
import Testing

@testable import ModelFiles

/// Files that are wrong by accident or on purpose.
@Suite struct HostileFileTests {
  @Test func aCycleIsNamed() {
    let bytes = model([
      node("Add", ["image", "b"], ["a"], name: "one"), node("Relu", ["a"], ["b"], name: "two"),
      node("Relu", ["b"], ["scores"], name: "three"),
    ])
    #expect(throws: ModelFileError.cycle(nodes: ["two", "one"])) { try ModelFile(bytes: bytes) }
  }

  @Test func aMissingValueIsNamedWithItsReader() {
    let bytes = model([node("Add", ["image", "nothing"], ["scores"], name: "sum")])
    #expect(throws: ModelFileError.missingValue(name: "nothing", node: "sum")) {
      try ModelFile(bytes: bytes)
    }
  }

  @Test func aNameMadeTwiceIsRefused() {
    let bytes = model([
      node("Relu", ["image"], ["scores"]), node("Tanh", ["image"], ["scores"]),
    ])
    #expect(throws: ModelFileError.duplicateName("scores")) { try ModelFile(bytes: bytes) }
  }

  @Test func allUnsupportedOperatorsAreNamedAtOnce() {
    let bytes = model([
      node("Frobnicate", ["image"], ["a"], name: "one"), node("NonZero", ["a"], ["b"]),
      node("Relu", ["b"], ["scores"]), node("AlsoNotKnown", ["image"], ["unused"]),
    ])
    #expect(
      throws: ModelFileError.unsupportedOperators([
        UnsupportedNode(node: "one", operation: "Frobnicate", domain: ""),
        UnsupportedNode(node: "NonZero b", operation: "NonZero", domain: ""),
      ])
    ) { try ModelFile(bytes: bytes) }
  }

  @Test(arguments: [Int64(6), 27, -1])
  func operatorSetsOutsideOurKnowledgeAreRefused(_ version: Int64) {
    let bytes = model([node("Relu", ["image"], ["scores"])], operatorSet: version)
    #expect(
      throws: ModelFileError.unsupportedOperatorSet(version, supported: GraphReader.operatorSets)
    ) { try ModelFile(bytes: bytes) }
  }

  @Test func hugeShapesAreRefusedBeforeAnythingIsMade() {
    let shape = ONNX.Tensor("s", axes: [2], integers: [1 << 30, 1 << 30])
    let bytes = model(
      [
        node("ConstantOfShape", ["s"], ["c"], name: "huge"),
        node("Add", ["image", "c"], ["scores"]),
      ],
      initializers: [shape])
    #expect(
      throws: ModelFileError.node(
        name: "huge", operation: "ConstantOfShape", .tooLarge(axes: [1 << 30, 1 << 30]))
    ) { try ModelFile(bytes: bytes) }

    let tiles = ONNX.Tensor("t", axes: [4], integers: [1, 1 << 20, 1 << 20, 1 << 20])
    let tiled = model([node("Tile", ["image", "t"], ["scores"])], initializers: [tiles])
    #expect(throws: ModelFileError.self) { try ModelFile(bytes: tiled) }

    let wide = model([node("Relu", ["image"], ["scores"])], input: [1, 1 << 30, 1 << 30])
    #expect(throws: ModelFileError.self) { try ModelFile(bytes: wide) }
  }

  /// Sizes that overflow or fill memory if anybody multiplies or walks them.
  @Test(arguments: [
    ("Expand", [1, 1 << 40]), ("Tile", [1, 1, 1 << 20, 1 << 20]), ("Reshape", [1 << 40, -1]),
    ("Pad", [0, 0, 0, 0, 0, 0, 1 << 30, 1 << 30]), ("Upsample", [1, 1, 1 << 12, 1 << 12]),
  ])
  func noNodeMakesMoreThanFits(_ operation: String, _ numbers: [Int]) {
    let sizes =
      operation == "Upsample"
      ? ONNX.Tensor("s", axes: [4], floats: numbers.map { Float($0) })
      : ONNX.Tensor("s", axes: [numbers.count], integers: numbers)
    let huge = node(operation, ["image", "s"], ["scores"], name: "huge")
    let bytes = model([huge], initializers: [sizes], operatorSet: operation == "Upsample" ? 9 : 17)
    #expect { try ModelFile(bytes: bytes) } throws: { error in
      guard case .node("huge", operation, _)? = error as? ModelFileError else { return false }
      return true
    }
  }

  @Test func anEmptyTensorOfHugeAxesIsRefused() {
    var empty = ONNX.Tensor("e", axes: [0, 1 << 40, 1 << 40], floats: [])
    empty.raw = nil
    let bytes = model(
      [node("Flatten", ["e"], ["f"]), node("Add", ["image", "f"], ["scores"])],
      initializers: [empty])
    #expect(throws: ModelFileError.tensor(name: "e", .badAxes([0, 1 << 40, 1 << 40]))) {
      try ModelFile(bytes: bytes)
    }
  }

  @Test func aSliceOfManyElementsIsCountedNotWalked() throws {
    let cuts = ["starts", "ends", "axes"].enumerated().map { index, name in
      ONNX.Tensor(name, axes: [1], integers: [[1, Int(Int32.max), 1][index]])
    }
    let bytes = model(
      [node("Slice", ["image", "starts", "ends", "axes"], ["scores"])], input: [1, 1 << 26],
      initializers: cuts)
    #expect(try ModelFile(bytes: bytes).graph.values.last?.shape == [1 << 26 - 1])
  }

  @Test func manyEqualNamesTakeNoTimeToTellApart() throws {
    // Each node is called the same and needs a helper of its own.
    let nodes = (0..<20_000).map { index in
      node("Mean", [index == 0 ? "image" : "v\(index)", "one"], ["v\(index + 1)"], name: "same")
    }
    let bytes = model(
      nodes + [node("Relu", ["v20000"], ["scores"])],
      initializers: [ONNX.Tensor("one", axes: [1], floats: [1])])
    #expect(processorTime { _ = try? ModelFile(bytes: bytes) } < 20)
  }

  /// As deep as a file can be, which is deeper than a thread's stack: what ends a network is looked
  /// through from its end.
  @Test(arguments: ["Log", "LpNormalization", "Relu", "Identity", "Flatten", "Sigmoid"])
  func chainsAreWalkedInALoop(_ operation: String) throws {
    let settings = operation == "LpNormalization" ? [ONNX.Attribute("p", 1)] : []
    let nodes = (0..<20_000).map { index in
      node(
        operation, [index == 0 ? "image" : "v\(index)"],
        [index == 19_999 ? "scores" : "v\(index + 1)"], settings)
    }
    let file = try ModelFile(bytes: model(nodes, input: [nil, 4]))
    #expect(file.outputActivation == (operation == "Sigmoid" ? .sigmoid : .none))
  }

  @Test func aFileOfNothingButMessagesIsRefused() {
    let bytes: [UInt8] =
      [0x3a, 0x80, 0x80, 0x40] + Array(repeating: [0x0a, 0], count: 1 << 19).joined()
    #expect(throws: ModelFileError.self) { try ModelFile(bytes: bytes) }
  }

  @Test func oneStretchOfAnotherFileCannotBecomeManyWeights() async throws {
    var entry = ONNX.Entry()
    (entry.key, entry.value) = ("location", "weights")
    let tensors = (0..<100).map { index in
      var tensor = ONNX.Tensor()
      tensor.name = "w\(index)"
      tensor.axes = [1024, 1024]
      tensor.elementType = 1
      tensor.location = 1
      tensor.external = [entry]
      return tensor
    }
    let sums = (0..<100).map { index in
      node("Add", [index == 0 ? "image" : "v\(index)", "w\(index)"], ["v\(index + 1)"])
    }
    let bytes = model(
      sums + [node("Relu", ["v100"], ["scores"])], input: [1, 1024, 1024], initializers: tensors)
    try await withTemporaryFolder { folder in
      try writeFile(folder + "/weights", Array(repeating: 0, count: 4 << 20))
      try writeFile(folder + "/model.onnx", bytes)
      #expect {
        try ModelFile(contentsOf: folder + "/model.onnx")
      } throws: { error in
        guard case .node(_, "Add", .tooLarge)? = error as? ModelFileError else { return false }
        return true
      }
    }
  }

  /// The fuzzer's seeds are small networks that can be read, or they would lead it nowhere.
  @Test func theSeedCorpusIsReadableAndWrittenAsItWasRead() throws {
    let folder = Fixtures.repository + "/Fuzz/corpus/onnx"
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    #expect(names.count >= 80)
    for name in names {
      let read = try ModelFile(contentsOf: folder + "/" + name)
      let again = try ModelFile(bytes: read.onnxBytes)
      #expect(again.graph.nodes.count == read.graph.nodes.count, "\(name)")
    }
  }

  @Test func wrongRanksNameTheNode() {
    let weights = ONNX.Tensor("w", axes: [2, 3], floats: [1, 2, 3, 4, 5, 6])
    let bytes = model(
      [node("Conv", ["image", "w"], ["scores"], name: "conv1")], initializers: [weights])
    #expect(
      throws: ModelFileError.node(
        name: "conv1", operation: "Conv", .wrongRank(input: 1, found: 2, expected: 4...4))
    ) { try ModelFile(bytes: bytes) }
  }

  @Test func samplesOfABatchAreNeverMixed() {
    let bytes = model(
      [node("Softmax", ["image"], ["scores"], name: "over all", [ONNX.Attribute("axis", 0)])],
      input: [2, 3])
    #expect(
      throws: ModelFileError.node(name: "over all", operation: "Softmax", .mixesBatch)
    ) { try ModelFile(bytes: bytes) }
  }

  @Test func functionsThatCallThemselvesEnd() {
    var function = ONNX.Function()
    function.name = "F"
    function.domain = "local"
    function.inputs = ["x"]
    function.outputs = ["y"]
    var call = node("F", ["x"], ["y"])
    call.domain = "local"
    function.nodes = [call, call]
    var bytes = ONNX.Model()
    bytes.irVersion = 8
    bytes.functions = [function]
    var graph = ONNX.Graph()
    graph.nodes = [call]
    bytes.graph = graph
    var set = ONNX.OperatorSet()
    set.version = 17
    bytes.operatorSets = [set]
    let encoded = bytes.encoded
    #expect(throws: ModelFileError.functionsTooLarge(.depth(ReadingLimits.callDepth))) {
      try ModelFile(bytes: encoded)
    }
  }

  @Test(arguments: [
    "../secret", "/etc/passwd", "a/../../b", "", "a//b", "../\u{301}b", "link", "nothing",
  ])
  func externalDataStaysInItsFolder(_ location: String) async throws {
    var entry = ONNX.Entry()
    entry.key = "location"
    entry.value = location
    var tensor = ONNX.Tensor()
    tensor.external = [entry]
    let checked = tensor
    try await withTemporaryFolder { folder in
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/link", withDestinationPath: "/etc/passwd")
      #expect {
        var external = ExternalData(folder: folder)
        _ = try external.slice(of: checked)
      } throws: { error in
        switch error as? TensorProblem {
        case .outsideFolder: location != "nothing"
        case .unreadableExternalFile: location == "nothing"
        default: false
        }
      }
    }
  }

  @Test(arguments: [("-1", "4"), ("0", "5"), ("4", "1"), ("9223372036854775807", "1"), ("x", "1")])
  func externalRangesAreChecked(_ offset: String, _ length: String) async throws {
    var tensor = ONNX.Tensor()
    for (key, value) in [("location", "w"), ("offset", offset), ("length", length)] {
      var entry = ONNX.Entry()
      (entry.key, entry.value) = (key, value)
      tensor.external.append(entry)
    }
    let checked = tensor
    try await withTemporaryFolder { folder in
      try Data([0, 0, 0, 0]).write(to: URL(filePath: folder + "/w"))
      #expect(
        throws: TensorProblem.badExternalRange(
          location: "w", offset: offset, length: length, available: 4)
      ) {
        var external = ExternalData(folder: folder)
        _ = try external.slice(of: checked)
      }
    }
  }

  @Test(arguments: ["function", "int8-weights"])
  func aFileCutAnywhereIsAnError(_ name: String) throws {
    let bytes = [UInt8](try Fixtures.data("reference/models/\(name).onnx"))
    for length in 0..<bytes.count {
      let cut = Array(bytes[..<length])
      guard (try? ModelFile(bytes: cut)) != nil else { continue }
      // Only trailing fields that mean nothing to the network may be missing.
      #expect(length > bytes.count - 64, "\(length) of \(bytes.count) bytes are a model")
    }
  }
}
