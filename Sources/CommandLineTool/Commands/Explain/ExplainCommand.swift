import Attribution
import FoundationEssentials
import Imaging
import Pipeline
import Synchronization
import Tensors

/// `whylight explain`: pictures in, heatmaps out.
struct ExplainCommand: Command {
  static let declaration = CommandDeclaration(
    name: "explain",
    summary: "Show why a classifier said what it said: heatmaps over pictures.",
    discussion: [
      "For every picture and method, the overlay is DIR/PATH.METHOD.png: the picture at its own "
        + "size with what spoke for the explained class in one colour and what spoke against it in "
        + "another. DIR/results.jsonl has a line for each picture, in their order. Tiny pictures "
        + "are enlarged.",
      "Without --model the bundled digit classifier is asked; it finds the ink on a photo or a scan "
        + "by itself. A picture that cannot be read is reported and recorded, and the others are "
        + "done (exit code 2).",
    ],
    synopses: ["[options] PATH..."],
    operands: OperandDeclaration(
      required: ["PATH"], allowsMore: true,
      completion: .files(extensions: ["png", "jpg", "jpeg"])),
    options: ExplainOptions.declarations,
    examples: [
      .init(
        purpose: "Why is this a seven? Three methods answer",
        line: "whylight explain photo-of-a-seven.jpg"),
      .init(
        purpose: "Why a four and not a nine, with the raw numbers",
        line: "whylight explain --target 4-vs-9 --save overlay,npy 4.png"),
      .init(
        purpose: "A folder, with a model of one's own that was trained on ImageNet's scale",
        line: "whylight explain -m resnet18.onnx --mean 0.485,0.456,0.406 "
          + "--std 0.229,0.224,0.225 --fit crop --labels imagenet.txt -o maps photos"),
    ])

  let paths: [String]
  let choice: ModelChoice
  let methods: [String]
  let settings: ExplainerSettings
  let baseline: String?
  let products: Set<MapProduct>
  let drawing: DrawingSettings
  let output: String
  let makesPage: Bool
  let threadCount: Int
  let printsJSON: Bool

  init(_ arguments: Arguments) throws(UsageError) {
    paths = arguments.operands
    choice = ModelChoice(arguments)
    methods = arguments[ExplainOptions.method]
    settings = ExplainerSettings(
      target: arguments[ExplainOptions.target], outputKind: arguments[ExplainOptions.outputKind],
      seed: UInt64(arguments[ExplainOptions.seed]))
    baseline = arguments[ExplainOptions.baseline]
    products = arguments[ExplainOptions.save]
    drawing = DrawingSettings(arguments)
    output = arguments[ExplainOptions.output]
    makesPage = arguments[ExplainOptions.report]
    threadCount =
      arguments[ExplainOptions.threads] ?? ProcessInfo.processInfo.activeProcessorCount
    printsJSON = arguments[ExplainOptions.json]
  }

  func run(in session: Session) async throws -> ExitCode {
    let opened = try choice.open()
    let explainer = try makeExplainer(opened, session)
    if opened.isPreparationAssumed { session.note(ExplainMessages.preparationAssumed) }
    let files = try Discovery.files(in: paths)
    let names = OutputNames(files.map(\.path))
    let jobs = files.map { ExplanationJob(path: $0.path, name: names[$0.path]) }
    let folder = try OutputFolder(output)
    let run = ExplanationRun(
      explainer,
      model: ModelRecord(file: opened.name, sha256: try SHA256.digest(contentsOf: opened.path)),
      products: products, drawing: drawing, output: folder, makesPage: makesPage)
    let report = ExplainReport(
      session, total: jobs.count, output: output, printsJSON: printsJSON)
    let records = try RecordFile(in: folder)
    let workers = Workers(count: threadCount)
    try run.run(
      jobs, workers: workers, describe: { $0.sentence },
      goesOn: { session.interruption == nil },
      consume: { record in
        try records.append(record.json)
        report.add(record)
      })
    let page: String? =
      makesPage && session.interruption == nil && report.hasExplained
      ? try ReportBuilder(folder: output).build(workers).path : nil
    return report.finish(page: page)
  }

  private func makeExplainer(_ opened: OpenedModel, _ session: Session) throws -> Explainer {
    var settings = settings
    switch baseline {
    case nil: break
    case let word? where ["black", "white", "mean", "blur"].contains(word):
      settings.baseline = word
    case let file?:
      settings.baseline = "given"
      settings.baselineImage = try ImageFile.read(file).image
    }
    do {
      return try Explainer(
        opened.model, methods: methods, settings: settings, kernels: try session.kernels())
    } catch let error as MethodError {
      throw UsageError.method(error)
    } catch let error as TargetError {
      throw UsageError.target(error)
    }
  }
}

extension DrawingSettings {
  /// The settings that the options say.
  init(_ arguments: Arguments) {
    let magnitude: Double? =
      switch arguments[ExplainOptions.scale] {
      case .image: nil
      case .value(let value): value
      }
    self.init(
      colorMap: arguments[ExplainOptions.colorMap], opacity: arguments[ExplainOptions.opacity],
      clip: arguments[ExplainOptions.clip], magnitude: magnitude,
      zoom: arguments[ExplainOptions.zoom],
      upsampling: arguments[ExplainOptions.upsampling].method)
  }
}
