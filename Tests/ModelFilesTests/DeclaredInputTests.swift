import Tensors
import Testing

@testable import ModelFiles

/// What a file says of its pictures' size, and what it leaves open.
@Suite struct DeclaredInputTests {
  /// A convolution of 3x3 over as many channels as asked for, and the mean of each result.
  private func classifier(
    input: [Int?], channels: Int = 3, isTurned: Bool = false, metadata: [(String, String)] = []
  ) -> [UInt8] {
    let weights = ONNX.Tensor(
      "w", axes: [2, channels, 3, 3], floats: Array(repeating: 0.1, count: 18 * channels))
    let turn = node("Transpose", ["image"], ["turned"], [ONNX.Attribute("perm", [0, 3, 1, 2])])
    return model(
      (isTurned ? [turn] : []) + [
        node("Conv", [isTurned ? "turned" : "image", "w"], ["map"]),
        node("GlobalAveragePool", ["map"], ["means"]), node("Flatten", ["means"], ["scores"]),
      ], input: input, initializers: [weights], metadata: metadata)
  }

  @Test(arguments: [
    ([nil, 3, nil, nil], [3, 224, 224]), ([nil, nil, nil, nil], [3, 224, 224]),
    ([1, 3, 64, nil], [3, 64, 224]),
  ])
  func whereNobodySaysTheSizeACommonOneIsAssumed(_ declared: [Int?], _ shape: [Int]) throws {
    let file = try ModelFile(bytes: classifier(input: declared))
    #expect(file.inputShape.axes == shape)
    #expect(file.notes.contains(.sizeAssumed(InputSize(rows: 224, columns: 224))))
  }

  @Test func theFirstConvolutionSaysHowManyChannelsThereAre() throws {
    let file = try ModelFile(bytes: classifier(input: [nil, nil, nil, nil], channels: 1))
    #expect(file.inputShape == [1, 224, 224])
  }

  @Test func theSizeCanBeGivenAndKept() throws {
    let size = InputSize(rows: 20, columns: 30)
    let bytes = classifier(input: [nil, 3, nil, nil])
    let file = try ModelFile(bytes: bytes, inputSize: size)
    #expect(file.inputShape == [3, 20, 30])
    #expect(!file.notes.contains { if case .sizeAssumed = $0 { true } else { false } })

    var information = file.information
    information.inputSize = size
    let adopted = try ModelFile(bytes: Adoption.adopt(bytes, information))
    #expect(adopted.inputShape == [3, 20, 30])
    #expect(adopted.information.inputSize == size)
    // Asked again, the newer answer counts.
    let again = try ModelFile(
      bytes: Adoption.adopt(bytes, information), inputSize: InputSize(rows: 9, columns: 9))
    #expect(again.inputShape == [3, 9, 9])
  }

  @Test func channelsLastStayLastWithAnOpenSize() throws {
    let file = try ModelFile(
      bytes: classifier(input: [nil, nil, nil, 3], isTurned: true),
      inputSize: InputSize(rows: 12, columns: 10))
    #expect(file.inputShape == [3, 12, 10])
    #expect(file.notes.contains(.channelsLast))
  }

  @Test func anotherSizeThanTheFilesIsRefused() {
    let size = InputSize(rows: 9, columns: 9)
    #expect(
      throws: ModelFileError.otherInputSize(name: "image", declared: [3, 8, 8], given: size)
    ) { try ModelFile(bytes: classifier(input: [1, 3, 8, 8]), inputSize: size) }
    #expect(
      throws: ModelFileError.badMetadata(key: "whylight.input.size", value: "9")
    ) {
      try ModelFile(
        bytes: classifier(
          input: [nil, 3, nil, nil], metadata: [("whylight.input.size", "9")]))
    }
  }

  /// A dense layer over all pixels fits one size only.
  private func dense(input: [Int?], pixels: Int) -> [UInt8] {
    let weights = ONNX.Tensor(
      "w", axes: [pixels, 2], floats: (0..<2 * pixels).map { Float($0 % 7) })
    return model(
      [
        node("Flatten", ["image"], ["flat"]), node("MatMul", ["flat", "w"], ["scores"], name: "m"),
      ],
      input: input, initializers: [weights])
  }

  @Test func theAssumedSizeIsNamedWhereTheNetworkDoesNotFitIt() throws {
    let bytes = dense(input: [nil, 1, nil, nil], pixels: 36)
    #expect(
      throws: ModelFileError.notOfAssumedSize(
        InputSize(rows: 224, columns: 224),
        .node(name: "m", operation: "MatMul", .shapesDoNotMatch([50176], [36, 2])))
    ) { try ModelFile(bytes: bytes) }
    let file = try ModelFile(bytes: bytes, inputSize: InputSize(rows: 4, columns: 9))
    #expect(file.inputShape == [1, 4, 9])
  }

  @Test(arguments: [
    ([nil, 784], nil, [1, 28, 28]), ([nil, 192], nil, [3, 8, 8]),
    ([1, 96], InputSize(rows: 4, columns: 8), [3, 4, 8]), ([1, 28, 28], nil, [1, 28, 28]),
    ([nil, nil, 28], InputSize(rows: 30, columns: 28), [1, 30, 28]), ([1, 60], nil, [60]),
    ([1, 3, 60], nil, [3, 60]),
  ])
  func numbersWithoutChannelsArePicturesAllTheSame(
    _ declared: [Int?], _ size: InputSize?, _ shape: [Int]
  ) throws {
    let count = shape.reduce(1, *)
    let file = try ModelFile(bytes: dense(input: declared, pixels: count), inputSize: size)
    #expect(file.inputShape.axes == shape)
    let sample = (0..<count).map { Float($0 % 5) }
    let sums = (0..<2).map { column in
      (0..<count).reduce(Float(0)) { $0 + sample[$1] * Float((2 * $1 + column) % 7) }
    }
    #expect(try run(file, [sample]).logits == [sums])
  }

  @Test func whatIsNoPictureKeepsNoOpenAxes() {
    #expect(throws: ModelFileError.openInput(name: "image", declared: [nil])) {
      try ModelFile(bytes: dense(input: [1, nil], pixels: 4))
    }
    let size = InputSize(rows: 5, columns: 5)
    #expect(
      throws: ModelFileError.otherInputSize(name: "image", declared: [60], given: size)
    ) { try ModelFile(bytes: dense(input: [1, 60], pixels: 60), inputSize: size) }
  }

  @Test(arguments: ["640x480", "1x65535"])
  func sizesAreWrittenWidthFirst(_ text: String) throws {
    #expect(try #require(InputSize(text)).description == text)
  }

  @Test(arguments: ["", "5", "0x5", "5x", "5x5x5", "65536x1", "a x b", "-1x4"])
  func otherTextsAreNoSizes(_ text: String) { #expect(InputSize(text) == nil) }
}
