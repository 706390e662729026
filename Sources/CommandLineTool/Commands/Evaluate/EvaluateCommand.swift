import FoundationEssentials
import Imaging
import ModelFiles
import Networks
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

  let modelPath: String?
  let dataPath: String
  let dataOptions: DataSetOptions
  let files: EvaluationFiles?
  let printsJSON: Bool
  let threadCount: Int

  init(_ arguments: Arguments) throws(UsageError) {
    modelPath = arguments.operands.first
    if arguments.operands.count > 1 { throw .unexpectedOperand(arguments.operands[1]) }
    dataPath = arguments[DataOptions.data]
    var options = DataSetOptions()
    options.memoryBudget = arguments[DataOptions.memory]
    options.drawnCount = arguments[DataOptions.drawn]
    options.drawnSeed = 2
    options.part = arguments[EvaluateOptions.split]
    dataOptions = options
    files = arguments[EvaluateOptions.output].map { EvaluationFiles(folder: $0) }
    printsJSON = arguments[EvaluateOptions.json]
    threadCount =
      arguments[TrainOptions.threads] ?? ProcessInfo.processInfo.activeProcessorCount
  }

  func run(in session: Session) async throws -> ExitCode {
    let path = try modelPath ?? BundledModel.path()
    let model = try ModelFile(contentsOf: path)
    let workers = Workers(count: threadCount)
    let progress = DecodingProgress(session: session)
    let loaded = try DataSet.open(
      dataPath, options: dataOptions.matching(model), workers: workers,
      progress: progress.show(done:of:))
    progress.clear()
    for file in loaded.skipped { session.report(TrainMessages.skipped(file)) }
    let data = loaded.data
    guard data.shape == model.inputShape else {
      throw DataSetError.wrongShape(found: data.shape, expected: model.inputShape)
    }
    guard data.classes.count <= model.classCount else {
      throw DataSetError.unknownClass(
        name: data.classes[model.classCount], known: (0..<model.classCount).map(model.label))
    }
    let scaling = SampleScaling(model.information.preparation, shape: data.shape)
    let scores = try Scores(
      model.graph, output: model.logits, data, workers: workers, prepare: { scaling.apply(to: &$0) }
    )
    let evaluation = Evaluation(scores, classes: (0..<model.classCount).map(model.label))
    if let files {
      try files.write(
        EvaluationReport(
          evaluation: evaluation, data: data,
          model: path.split(separator: "/").last.map(String.init) ?? path, source: dataPath))
      session.note(EvaluateMessages.written(files.page))
    }
    if printsJSON {
      session.result(evaluation.json(naming: data))
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

  static let declarations = [
    DataOptions.data.declaration, DataOptions.memory.declaration, DataOptions.drawn.declaration,
    split.declaration, output.declaration, json.declaration, TrainOptions.threads.declaration,
  ]
}

extension DataSetOptions {
  /// With what the model says of its pictures.
  func matching(_ model: ModelFile) -> DataSetOptions {
    var options = self
    let axes = model.inputShape.axes
    if axes.count == 3 {
      options.channels = axes[0]
      options.height = axes[1]
      options.width = axes[2]
    }
    if !model.information.labels.isEmpty { options.classes = model.information.labels }
    switch model.information.preparation.fit {
    case .letterbox: options.fit = .letterbox
    case .stretch: options.fit = .stretch
    case .crop: options.fit = .crop
    case .digit: options.fit = .digit
    }
    return options
  }
}

/// From the 0 to 1 of a data set to the numbers that a model eats.
struct SampleScaling: Sendable {
  private let plane: Int
  private let slopes: [Float]
  private let offsets: [Float]
  private let reversesChannels: Bool

  init(_ preparation: InputPreparation, shape: Shape) {
    let channels = shape.rank == 3 ? shape[0] : 1
    plane = shape.count / channels
    func number(_ list: [Float], _ c: Int, _ none: Float) -> Float {
      list.isEmpty ? none : list[min(c, list.count - 1)]
    }
    let (black, white) = (preparation.range.black, preparation.range.white)
    let channelRange = 0..<channels
    slopes = channelRange.map { (white - black) / number(preparation.standardDeviation, $0, 1) }
    offsets = channelRange.map {
      (black - number(preparation.mean, $0, 0)) / number(preparation.standardDeviation, $0, 1)
    }
    reversesChannels = preparation.colorOrder == .bgr && channels == 3
  }

  /// Scales samples that lie one behind the other.
  func apply(to samples: inout [Float]) {
    if slopes.allSatisfy({ $0 == 1 }) && offsets.allSatisfy({ $0 == 0 }) && !reversesChannels {
      return
    }
    let channels = slopes.count
    for start in stride(from: 0, to: samples.count, by: channels * plane) {
      for i in 0..<plane where reversesChannels {
        samples.swapAt(start + i, start + 2 * plane + i)
      }
      for c in 0..<channels {
        for i in start + c * plane..<start + (c + 1) * plane {
          samples[i] = samples[i] * slopes[c] + offsets[c]
        }
      }
    }
  }
}
