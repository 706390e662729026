import Imaging
import ModelFiles
import Networks
import Rendering
import Tensors
import Training

/// `whylight train`: pictures in, a model out.
struct TrainCommand: Command {
  static let declaration = CommandDeclaration(
    name: "train",
    summary: "Train a small convolutional network on pictures.",
    discussion: [
      "The model is an ONNX file that holds the class names, how pictures are prepared, the "
        + "settings and the seed. Beside it stand a checkpoint, written after each epoch, and the "
        + "record of the epochs (.jsonl, .csv) with its learning curves (.svg, .png).",
      "Ctrl-C stops at once and leaves the last checkpoint; --resume goes on from it.",
    ],
    synopses: ["[options] --data PATH -o MODEL.onnx"],
    operands: OperandDeclaration(required: [], allowsMore: false, completion: .none),
    options: TrainOptions.declarations,
    examples: [
      .init(
        purpose: "Learn drawn digits, with nothing downloaded",
        line: "whylight train --data synthetic --epochs 4 -o digits.onnx"),
      .init(
        purpose: "Learn a folder of photos, a folder for each class",
        line: "whylight train --data flowers --size 32x32 --layers resnet-tiny --augment "
          + "shift,rotate,scale --epochs 30 --schedule one-cycle -o flowers.onnx"),
    ])

  let dataPath: String
  let dataOptions: DataSetOptions
  let validationShare: Double
  let architecture: Architecture
  let initializer: Initializer
  let settings: TrainingSettings
  let files: TrainingFiles
  let resumes: Bool
  let printsJSON: Bool
  let threadCount: Int

  init(_ arguments: Arguments) throws(UsageError) {
    dataPath = arguments[DataOptions.data]
    dataOptions = DataSetOptions(arguments)
    validationShare = arguments[DataOptions.validation]
    architecture = try Self.architecture(arguments[TrainOptions.layers])
    initializer = arguments[TrainOptions.initializer]
    settings = TrainingSettings(arguments)
    files = TrainingFiles(model: arguments[TrainOptions.output])
    resumes = arguments[TrainOptions.resume]
    printsJSON = arguments[TrainOptions.json]
    threadCount = arguments[ThreadOption.usual]
  }

  private static func architecture(_ text: String) throws(UsageError) -> Architecture {
    do {
      return try Architecture(presetOrText: text)
    } catch {
      throw .layers(LayersError(text: text, error: error))
    }
  }

  func run(in session: Session) async throws -> ExitCode {
    try files.checkPlace()
    let kernels = try session.kernels()
    let workers = Workers(count: threadCount)
    let progress = DecodingProgress(session: session)
    let loaded = try DataSet.open(
      dataPath, options: dataOptions, workers: workers, progress: progress.show(done:of:))
    progress.clear()
    for file in loaded.skipped { session.report(TrainMessages.skipped(file)) }
    guard dataOptions.allow(loaded.data.shape) else {
      throw DataSetError.fixedShape(found: loaded.data.shape)
    }
    var (training, validation) = (loaded.data, DataSet?.none)
    if validationShare > 0 {
      (training, validation) = try loaded.data.split(
        validation: validationShare, seed: settings.seed)
    }
    let trainer = try makeTrainer(training, validation, workers, kernels)
    if resumes { try resume(trainer, session) }
    session.note(TrainMessages.beginning(trainer.result, training, validation))
    let finished = try learn(trainer, in: session)
    guard finished else {
      return session.interruption.map { .interrupted(signal: $0) } ?? .couldNotRun
    }
    let familiarity = try validation.map {
      try Familiarity(
        trainer.result, training: training, validation: $0, workers: workers, kernels: kernels)
    }
    try save(trainer.result, training.classes, familiarity)
    session.note(TrainMessages.written(files.model))
    return loaded.skipped.isEmpty ? .done : .someFailed
  }

  private func makeTrainer(
    _ training: DataSet, _ validation: DataSet?, _ workers: Workers, _ kernels: KernelVariant
  ) throws -> Trainer {
    let graph: Graph
    do {
      graph = try architecture.graph(
        input: training.shape, classes: training.classes.count, initializer: initializer,
        seed: settings.seed)
    } catch {
      throw UsageError.layers(LayersError(text: architecture.text, error: error))
    }
    return try Trainer(
      graph, training: training, validation: validation, settings: settings, workers: workers,
      kernels: kernels)
  }

  private func resume(_ trainer: Trainer, _ session: Session) throws {
    let bytes = try ImageFile.bytes(of: files.checkpoint, limit: .max)
    do {
      try trainer.resume(Checkpoint(bytes: bytes))
    } catch {
      throw ResumeError(path: files.checkpoint, error: error)
    }
    session.note(TrainMessages.resumed(after: trainer.history.count))
  }

  /// Trains until the end or an interruption; whether it was the end.
  private func learn(_ trainer: Trainer, in session: Session) throws -> Bool {
    session.finishesWhatItBegan()
    let display = TrainingDisplay(session: session, printsJSON: printsJSON)
    // What cannot be written is better known now than after an epoch.
    try AtomicFile.write(trainer.checkpoint.bytes, to: files.checkpoint)
    while !trainer.isFinished {
      let record = trainer.trainEpoch(
        shouldStop: { session.interruption != nil }, progress: { display.show($0) })
      display.clear()
      guard record != nil else { return false }
      try AtomicFile.write(trainer.checkpoint.bytes, to: files.checkpoint)
      try files.writeRecords(trainer.history)
    }
    return true
  }

  private func save(
    _ graph: Graph, _ classes: [String], _ familiarity: Familiarity?
  ) throws {
    let record = JSONText.object([
      ("layers", JSONText.string(architecture.text)), ("settings", settings.json),
      ("familiar", familiarity?.json),
    ])
    let information = ModelInformation(
      labels: classes, preparation: preparation, trainingRecord: record, seed: settings.seed)
    try ModelFile(graph: graph, information: information).write(to: files.model)
  }

  /// What pictures have to go through at the model's other end.
  private var preparation: InputPreparation {
    switch dataOptions.fit {
    case .letterbox: InputPreparation(inversion: .never, fit: .letterbox)
    case .stretch: InputPreparation(inversion: .never, fit: .stretch)
    case .crop: InputPreparation(inversion: .never, fit: .crop)
    case .digit: InputPreparation(inversion: .automatic, fit: .digit)
    }
  }
}
