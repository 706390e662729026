import Networks
import Tensors
import Testing

@testable import CommandLineTool
@testable import ModelFiles

/// Every way in which a model cannot be used, as its user reads it: which file, what is wrong, where,
/// and what to do.
@Suite struct ModelMessageTests {
  private static func node(_ problem: NodeProblem) -> ModelFileError {
    .node(name: "conv1", operation: "Conv", problem)
  }

  private static func tensor(_ problem: TensorProblem) -> ModelFileError {
    .tensor(name: "w", problem)
  }

  private static func shape(_ error: ShapeError) -> ModelFileError { node(.shape(error)) }

  private static func wire(_ reason: WireError.Reason) -> ModelFileError {
    .malformed(WireError(reason, at: 345).inside("attribute 0").inside("node 12").inside("graph"))
  }

  private static let files: [(ModelFileError, String)] = [
    (.unreadable(path: "a.onnx", code: 2), "a.onnx: there is no such file. Check the name."),
    (.notAFile(path: "a"), "a: this is not a file. Name an ONNX model."),
    (
      .unwritable(path: "b.onnx", code: 13),
      "b.onnx: access is not permitted. Check the permissions of the file and its folder."
    ),
    (
      .unwritable(path: "b.onnx", code: 30),
      "b.onnx: the file system is read-only. Write to another place."
    ),
    (
      .otherFileInTheWay(path: "b/weights"),
      "b/weights: the model's weights belong here, but another file has the name. Move it away."
    ),
    (.noGraph, "m.onnx: there is no network in this file. Name an ONNX model."),
    (
      .unsupportedFormatVersion(1),
      "m.onnx: its format version is 1; understood are 3 and later. Export it with a newer tool."
    ),
    (
      .unsupportedOperatorSet(5, supported: 7...26),
      "m.onnx: it uses operator set 5; understood are 7 to 26. Export it with one of these."
    ),
    (
      .unsupportedOperatorSet(nil, supported: 7...26),
      "m.onnx: it does not say which operator set it uses; understood are 7 to 26. Export it with "
        + "one of these."
    ),
    (
      .unsupportedOperators([
        UnsupportedNode(node: "n3", operation: "NonZero", domain: ""),
        UnsupportedNode(node: "n4", operation: "Attention", domain: "com.microsoft"),
      ]),
      "m.onnx: operators that are not supported: NonZero (node n3), com.microsoft.Attention (node "
        + "n4). Export the network without them, from the picture to the scores only."
    ),
    (
      .tooManyNodes(limit: 50000),
      "m.onnx: the network has more than 50000 nodes, which no classifier needs. Check where the "
        + "file comes from."
    ),
    (
      .duplicateName("x"),
      "m.onnx: the name 'x' stands for two values. Export it again."
    ),
    (
      .missingValue(name: "x", node: "conv1"),
      "m.onnx: node conv1 reads 'x', which nothing makes. Export it again."
    ),
    (
      .cycle(nodes: ["a", "b"]), "m.onnx: these nodes wait for each other: a, b. Export it again."
    ),
    (
      .functionsTooLarge(.nodes(50000)),
      "m.onnx: its functions unfold into more than 50000 nodes. Export it without functions."
    ),
    (
      .functionsTooLarge(.depth(16)),
      "m.onnx: its functions call each other more than 16 deep. Export it without functions."
    ),
    (
      .functionsTooLarge(.calls(50000)),
      "m.onnx: its functions are called more than 50000 times. Export it without functions."
    ),
    (
      .functionsTooLarge(.nameBytes(64 << 20)),
      "m.onnx: its functions unfold into names of more than 64 MiB. Export it without functions."
    ),
    (
      .graph(.duplicateValue(name: "x")),
      "m.onnx: the name 'x' stands for two values. Export it again."
    ),
    (
      .graph(.shape(node: "conv1", .axisOutOfRange(axis: 4, rank: 3))),
      "m.onnx: node conv1 cannot be used: there is no axis 4 among 3. Export it again."
    ),
    (
      .noRowOfScores(output: "map", axes: [4, 30, 30]),
      "m.onnx: its output 'map' has the axes 4x30x30 for each picture, as networks have that segment "
        + "or detect; only one score for each class can be explained. Export it with such scores, as "
        + "the mean over all places."
    ),
    (
      .badMetadata(key: "whylight.input.std", value: "0"),
      "m.onnx: its metadata says whylight.input.std = '0', which cannot be. Write it anew with "
        + "`whylight adopt`."
    ),
    (
      .labelCount(found: 9, classes: 10),
      "m.onnx: it has 9 labels for 10 classes. Give the right ones with --labels."
    ),
  ]

  private static let ends: [(ModelFileError, String)] = [
    (
      .noInput,
      "m.onnx: no input leads to the output. Export the network with its picture as input."
    ),
    (
      .severalInputs(["image", "mask"]),
      "m.onnx: it has 2 inputs (image, mask), but a classifier of pictures has one. Make the others "
        + "constants before you export it."
    ),
    (.noOutput, "m.onnx: the network has no output. Export it with its scores as output."),
    (
      .constantOutput(name: "y"),
      "m.onnx: the output 'y' does not depend on the picture. Export it with the scores as first "
        + "output."
    ),
    (
      .unusableInput(name: "x"),
      "m.onnx: its input 'x' is no tensor of numbers. Export it with a float picture as input."
    ),
    (
      .openInput(name: "x", declared: [nil, 16]),
      "m.onnx: its input 'x' has the axes ?x16, which is no picture of any size. Export it with "
        + "fixed axes."
    ),
    (
      .otherInputSize(
        name: "x", declared: [3, 224, nil], given: InputSize(rows: 96, columns: 128)),
      "m.onnx: its input 'x' has the axes 3x224x?, which 128x96 pixels do not fit. Leave --size out "
        + "or give the file's own."
    ),
    (
      .inputTooLarge(name: "x", axes: [3, 65536, 65536]),
      "m.onnx: its input 'x' has the axes 3x65536x65536, which is too large. Export it for smaller "
        + "pictures."
    ),
    (
      .notOfAssumedSize(
        InputSize(rows: 224, columns: 224), node(.shapesDoNotMatch([512], [2048, 10]))),
      "m.onnx: node conv1 (Conv) cannot be used: 512 and 2048x10 do not fit together. Check the file "
        + "with ONNX's checker, or export it again. The file leaves the pictures' size open, and "
        + "224x224 was assumed: if that is wrong, say it with --size."
    ),
  ]

  private static let wires: [(ModelFileError, String)] = [
    (wire(.truncated), "the file ends too early"),
    (wire(.numberTooLong), "a number has too many bytes"),
    (
      wire(.lengthBeyondMessage(length: 9, available: 4)),
      "a length of 9 where 4 bytes are left"
    ),
    (wire(.fieldNumberZero), "a field has no number"),
    (wire(.unknownWireType(6)), "a field is of type 6, which is unknown"),
    (wire(.wrongWireType(found: .varint)), "a field is a number, which it cannot be"),
    (wire(.wrongWireType(found: .eightBytes)), "a field is eight bytes, which it cannot be"),
    (
      wire(.wrongWireType(found: .lengthDelimited)),
      "a field is a text or message, which it cannot be"
    ),
    (wire(.wrongWireType(found: .groupStart)), "a field is a group, which it cannot be"),
    (wire(.wrongWireType(found: .groupEnd)), "a field is a group, which it cannot be"),
    (wire(.wrongWireType(found: .fourBytes)), "a field is four bytes, which it cannot be"),
    (wire(.unevenPackedLength(7)), "a list has 7 bytes, which do not come out even"),
    (wire(.nestedTooDeep(limit: 32)), "messages lie more than 32 deep in each other"),
    (wire(.tooManyMessages(limit: 262144)), "there are more than 262144 messages"),
  ].map {
    (
      $0,
      "m.onnx: not an ONNX file, or a damaged one: graph, node 12, attribute 0, at byte 345: \($1). "
        + "Export or copy it again."
    )
  }

  private static let check = "Check the file with ONNX's checker, or export it again."
  private static let leaveOut = "Export the network without it."
  private static let batch = "Export it for a batch of one, or with an open batch axis."

  private static let nodes: [(ModelFileError, String)] = [
    (
      node(.wrongInputCount(found: 1, expected: 2...3)), "it has 1 inputs where 2 to 3 belong",
      check
    ),
    (node(.wrongOutputCount(found: 0, expected: 1...1)), "it has 0 outputs where 1 belong", check),
    (node(.missingInput(0)), "its input 1 is missing", check),
    (
      node(.inputNotConstant(1)),
      "its input 2 depends on the image, but has to be known beforehand", leaveOut
    ),
    (node(.inputNotInteger(1)), "its input 2 has to be whole numbers", check),
    (
      node(.wrongRank(input: 1, found: 2, expected: 4...4)),
      "its input 2 has 2 axes where 4 belong",
      check
    ),
    (node(.axisOutOfRange(axis: 4, rank: 3)), "there is no axis 4 among 3", check),
    (node(.constantInputs), "it is not computed for inputs that are all constants", leaveOut),
    (
      node(.mixesBatch), "it mixes the images of a batch, which are explained one by one", batch
    ),
    (
      node(.lengthDependsOnBatch), "a length depends on how many images are in a batch", batch
    ),
    (node(.missingAttribute("axis")), "its attribute axis is missing", check),
    (node(.wrongAttribute(name: "group", value: "0")), "its attribute group cannot be 0", check),
    (
      node(.unsupportedSetting(name: "mode", value: "wrap")), "mode = wrap is not supported",
      leaveOut
    ),
    (node(.unsupportedElementType(8)), "numbers of ONNX's type 8 are not supported", leaveOut),
    (
      node(.shapesDoNotMatch([3, 4], [])), "3x4 and one number do not fit together", check
    ),
    (node(.indexOutOfRange(index: 7, length: 3)), "there is no place 7 among 3", check),
    (
      node(.tooLarge(axes: [65536, 65536])), "a value of 65536x65536 is too large",
      "Export it for smaller pictures."
    ),
    (
      node(.tensor(.sparse)), "sparse numbers are not supported", "Export it with plain tensors."
    ),
    (node(.divisionByZero), "it divides by zero", check),
    (
      shape(.wrongInputCount(found: 3, expected: 1...2)), "it has 3 inputs where 1 to 2 belong",
      check
    ),
    (
      shape(.wrongParameterCount(found: 0, expected: 1...(.max))),
      "it has 0 weights where at least 1 belong", check
    ),
    (
      shape(.wrongRank(input: 0, found: [8], expected: 2...3)),
      "its input 1 is 8, but should have 2 to 3 axes without the batch", check
    ),
    (
      shape(.wrongLength(input: 0, axis: 0, found: 3, expected: 4)),
      "axis 1 of its input 1, the batch not counted, is 3 long, not 4", check
    ),
    (
      shape(.wrongParameterShape(parameter: 1, found: [3], expected: [4])),
      "its weights 2 are 3, not 4", check
    ),
    (shape(.notBroadcastable([3, 4], [5])), "3x4 and 5 do not fit together", check),
    (shape(.axisOutOfRange(axis: 4, rank: 3)), "there is no axis 4 among 3", check),
    (
      shape(.windowTooLarge(window: 7, available: 5, axis: 1)),
      "its window is 7 long, but axis 2, the batch not counted, has only 5", check
    ),
    (shape(.elementCountChanged(from: [4, 4], to: [15])), "4x4 cannot become 15", check),
    (shape(.impossible(setting: "groups", value: 0)), "its groups cannot be 0", check),
    (shape(.tooLarge(axes: [9, 9])), "a value of 9x9 is too large", check),
  ].map { ($0, "m.onnx: node conv1 (Conv) cannot be used: \($1). \($2)") }

  private static let tensors: [(ModelFileError, String)] = [
    (
      tensor(.unsupportedElementType(8)), "numbers of ONNX's type 8 are not supported",
      "Export it with 32-bit floats."
    ),
    (tensor(.badAxes([-1, 3])), "its axes make no sense: -1, 3", "Export or copy it again."),
    (
      tensor(.wrongSize(found: 3, expected: 4)), "it has 3 bytes or numbers, not 4",
      "Export or copy it again."
    ),
    (
      tensor(.noFolder), "its numbers stand in another file, but it is not known where that is",
      "Read the model from its file."
    ),
    (
      tensor(.outsideFolder(location: "../w")),
      "its numbers stand in '../w', which is outside the model's folder",
      "Put the file into the model's folder, and its name there into the model."
    ),
    (
      tensor(.unreadableExternalFile(location: "w", code: 2)),
      "its numbers stand in 'w', which cannot be read", "Copy that file beside the model."
    ),
    (
      tensor(.badExternalRange(location: "w", offset: "16", length: "40", available: 20)),
      "its numbers are '40' bytes from '16' on of 'w', which has 20",
      "Copy that file again: it is not the one that belongs to the model."
    ),
    (tensor(.sparse), "sparse numbers are not supported", "Export it with plain tensors."),
    (tensor(.segmented), "numbers in segments are not supported", "Export it with plain tensors."),
  ].map { ($0, "m.onnx: tensor 'w' cannot be used: \($1). \($2)") }

  @Test(arguments: files + ends + wires + nodes + tensors)
  func everyErrorNamesTheFileWhatIsWrongAndWhatToDo(_ error: ModelFileError, _ sentence: String) {
    #expect(ModelProblem(path: "m.onnx", error: error).sentence == sentence)
  }
}
