import Imaging
import ModelFiles
import Networks
import Paths
import Pipeline
import Tensors
import Training

/// `whylight evaluate`: how good a model is.
struct EvaluateCommand: Command {
  static let declaration = CommandDeclaration(
    name: "evaluate",
    summary: "Measure a model: accuracy, confusion, calibration.",
    discussion: [
      "A folder with MNIST's four files means its test files unless --split says otherwise. "
        + "Pictures are prepared as the model's file says. Without a model the bundled digit "
        + "classifier is measured.",
      "With --output a folder gets a page to read and print (evaluation.html), the figures "
        + "(evaluation.json), the reliability plot (.svg, .png) and the most confident mistakes as "
        + "a contact sheet (mistakes.png).",
    ],
    synopses: ["[options] [MODEL.onnx] --data PATH"],
    operands: OperandDeclaration(
      required: [], allowsMore: true, completion: .files(extensions: ["onnx"])),
    options: EvaluateOptions.declarations,
    examples: [
      .init(
        purpose: "Measure a model on MNIST's test images",
        line: "whylight evaluate digits.onnx --data mnist"),
      .init(
        purpose: "A page with plots and the mistakes",
        line: "whylight evaluate --data mnist --output measured"),
      .init(
        purpose: "The figures as JSON", line: "whylight evaluate --json digits.onnx --data mnist"),
    ])

  let choice: ModelChoice
  let dataPath: String
  let dataOptions: DataSetOptions
  let output: String?
  let printsJSON: Bool
  let threadCount: Int

  init(_ arguments: Arguments) throws(UsageError) {
    choice = ModelChoice(arguments, path: arguments.operands.first)
    if arguments.operands.count > 1 { throw .unexpectedOperand(arguments.operands[1]) }
    dataPath = arguments[DataOptions.data]
    var options = DataSetOptions()
    options.memoryBudget = arguments[DataOptions.memory]
    options.drawnCount = arguments[DataOptions.drawn]
    options.drawnSeed = 2
    options.part = arguments[EvaluateOptions.split]
    dataOptions = options
    output = arguments[EvaluateOptions.output]
    printsJSON = arguments[EvaluateOptions.json]
    threadCount = arguments[ThreadOption.usual]
  }

  func run(in session: Session) async throws -> ExitCode {
    let opened = try choice.open()
    for assumption in opened.assumptions { session.note(assumption) }
    let (model, path) = (opened.model, opened.name)
    guard model.probability != .sigmoid else { throw EvaluationProblem.severalAnswers }
    let preparation = try PicturePreparation(model.inputShape, model.information.preparation)
    let workers = Workers(count: threadCount)
    let progress = DecodingProgress(session: session)
    let loaded = try DataSet.open(
      dataPath, options: dataOptions.matching(model, preparation), workers: workers,
      progress: progress.show(done:of:))
    progress.clear()
    for file in loaded.skipped { session.report(TrainMessages.skipped(file)) }
    let data = loaded.data
    guard data.shape == preparation.planesShape else {
      throw DataSetError.wrongShape(found: data.shape, expected: preparation.planesShape)
    }
    guard data.classes.count <= model.classCount else {
      throw DataSetError.unknownClass(
        name: data.classes[model.classCount], known: (0..<model.classCount).map(model.label))
    }
    let files = try output.map(EvaluationFiles.init(folder:))
    let scores = try Scores(
      model.graph, output: model.logits, probability: model.probability, data, workers: workers,
      kernels: try session.kernels(), prepare: preparation.arrange(planes:))
    let unusable = scores.unusableSamples.count
    guard unusable == 0 else { throw EvaluationProblem.notFinite(unusable, of: scores.count) }
    let evaluation = Evaluation(scores, classes: (0..<model.classCount).map(model.label))
    if let files {
      try files.write(
        EvaluationReport(
          evaluation: evaluation, data: data,
          model: path.lastPathStep, source: dataPath))
      session.note(EvaluateMessages.written(files.page))
    }
    if printsJSON {
      session.result(json: evaluation.json(naming: data))
    } else {
      for line in EvaluateMessages.lines(evaluation, data: data) { session.result(line) }
    }
    return loaded.skipped.isEmpty ? .done : .someFailed
  }
}

/// The options of `evaluate` besides those of the data.
enum EvaluateOptions {
  static let split = Option.value(
    "split", .choice(of: DataSetPart.self, placeholder: "PART"), default: "test", in: "Data",
    "Which of MNIST's files.")
  static let output = Option.optional(
    "output", short: "o", .folder(), shownDefault: "no files", in: "Output",
    "A folder for the page, the plot and the contact sheet; it is made if it is missing.")
  static let json = Option.flag("json", in: "Output", "Print JSON instead of text.")

  static let declarations =
    [
      DataOptions.data.declaration, DataOptions.memory.declaration, DataOptions.drawn.declaration,
      split.declaration,
    ] + ModelOptions.told
    + [output.declaration, json.declaration, ThreadOption.usual.declaration]
}

extension DataSetOptions {
  /// With what the model says of its pictures.
  func matching(_ model: ModelFile, _ preparation: PicturePreparation) -> DataSetOptions {
    var options = self
    options.channels = preparation.layout.channels
    options.height = preparation.layout.height
    options.width = preparation.layout.width
    options.fit = preparation.settings.fit.pictureFit
    if !model.information.labels.isEmpty { options.classes = model.information.labels }
    return options
  }
}
