import Imaging
import ModelFiles
import Pipeline

/// `whylight adopt`: writes into a model file what ONNX does not say.
struct AdoptCommand: Command {
  static let declaration = CommandDeclaration(
    name: "adopt",
    summary: "Write labels and input preparation into a model file, once and for all.",
    discussion: [
      "An ONNX file says what a network computes, not how pictures become its input nor what its "
        + "classes are called. After adopt the file says that too, in its metadata, and no later "
        + "command needs to be told. The network itself is not touched; other tools read the file "
        + "as before.",
      "What the file says already stays unless an option says otherwise. Weights that lie in files "
        + "of their own are copied beside the output.",
    ],
    synopses: ["[options] IN.onnx -o OUT.onnx", "[options] --in-place FILE.onnx"],
    operands: OperandDeclaration(
      required: ["IN"], allowsMore: false, completion: .files(extensions: ["onnx"])),
    options: AdoptOptions.declarations,
    examples: [
      .init(
        purpose: "ImageNet's classes, prepared by torchvision's Resize(224) and CenterCrop(224)",
        line: "whylight adopt resnet18.onnx -o adopted.onnx --labels imagenet.txt "
          + "--mean 0.485,0.456,0.406 --std 0.229,0.224,0.225 --fit crop"),
      .init(
        purpose: "Three classes by name, in the file itself",
        line: "whylight adopt --in-place --labels cat,dog,bird pets.onnx"),
    ])

  let path: String
  let output: String
  let isInPlace: Bool
  let choice: ModelChoice

  init(_ arguments: Arguments) throws(UsageError) {
    path = arguments.operands[0]
    isInPlace = arguments[AdoptOptions.inPlace]
    switch (arguments[AdoptOptions.output], isInPlace) {
    case (let output?, false): self.output = output
    case (nil, true): output = path
    case (.some, true): throw .conflictingOptions("--output", "--in-place")
    case (nil, false): throw .missingOption(AdoptOptions.output.declaration.name)
    }
    choice = ModelChoice(arguments, path: path)
    guard ModelOptions.told.contains(where: { arguments.isGiven($0) }) else {
      throw .nothingToWrite(options: ModelOptions.told.map(\.name))
    }
  }

  func run(in session: Session) async throws -> ExitCode {
    if !isInPlace, Adoption.isSameFile(path, output) { throw UsageError.outputIsInput(path) }
    let model = try choice.openAny().model
    // Refuses a mean for two channels where there are three.
    _ = try PicturePreparation(model.inputShape, model.information.preparation)
    let copied = try ModelProblem.naming(path) {
      try Adoption.adopt(contentsOf: path, model.information, to: output)
    }
    for file in copied { session.note("\(file): the weights, copied.") }
    session.result(
      "\(output): adopted. `whylight inspect \(output.shellWord)` shows what it says now.")
    return .done
  }
}

/// The options of `adopt`: those that say what a model's file leaves open, and where to write.
enum AdoptOptions {
  static let output = Option.optional(
    "output", short: "o", .file(extensions: ["onnx"]), in: "Output", "The file to write.")
  static let inPlace = Option.flag(
    "in-place", in: "Output", "Write over the file itself.")

  static let declarations = ModelOptions.told + [output.declaration, inPlace.declaration]
}
