import Attribution
import Imaging
import ModelFiles
import Pipeline
import Tensors

/// `whylight bench`: how fast this machine does it.
struct BenchCommand: Command {
  static let declaration = CommandDeclaration(
    name: "bench",
    summary: "Measure how fast this machine explains, as a share of what it could do.",
    discussion: [
      "The pictures are decoded and prepared beforehand; then the same work is repeated on them by "
        + "all threads. The peak is a loop of nothing but fused multiply-adds on the same threads "
        + "in the same process. Operations are counted by the layers' definitions, so methods that "
        + "multiply less can exceed the peak."
    ],
    synopses: ["--model FILE [options] PATH..."],
    operands: OperandDeclaration(
      required: ["PATH"], allowsMore: true,
      completion: .files(extensions: ["png", "jpg", "jpeg"])),
    options: BenchOptions.declarations,
    examples: [
      .init(
        purpose: "How many pictures a second go through a model",
        line: "whylight bench --model model.onnx photos"),
      .init(
        purpose: "How fast gradients are, for a script",
        line: "whylight bench --model model.onnx --method gradient --json photos"),
    ])

  let paths: [String]
  let choice: ModelChoice
  let work: Work
  let seconds: Double
  let threadCount: Int
  let printsJSON: Bool

  /// What is repeated.
  enum Work: Sendable {
    case plain(PlainWork)
    case method(MethodSpecification)
  }

  /// Work that no method of the catalogue does.
  enum PlainWork: String, CaseIterable {
    case classify
    case train
  }

  init(_ arguments: Arguments) throws(UsageError) {
    paths = arguments.operands
    guard let model = arguments[BenchOptions.model] else {
      throw .missingOption(BenchOptions.model.declaration.name)
    }
    choice = ModelChoice(arguments, path: model)
    work = try Self.work(arguments[BenchOptions.method])
    seconds = arguments[BenchOptions.seconds]
    threadCount = arguments[ThreadOption.usual]
    printsJSON = arguments[BenchOptions.json]
  }

  private static func work(_ text: String) throws(UsageError) -> Work {
    if let work = PlainWork(rawValue: text) { return .plain(work) }
    do {
      return .method(try MethodSpecification(text))
    } catch {
      throw .method(error)
    }
  }

  func run(in session: Session) async throws -> ExitCode {
    let kernels = try session.kernels()
    let opened = try choice.open()
    for assumption in opened.assumptions { session.note(assumption) }
    let file = opened.model
    let preparation = try PicturePreparation(file.inputShape, file.information.preparation)
    let network = NetworkModel(
      file.graph, input: file.input, logits: file.logits, space: preparation.space,
      kernels: kernels)
    if case .method(let method) = work {
      do {
        try method.check(network, explaining: .logit(0))
      } catch {
        throw UsageError.method(error)
      }
    }
    let pictures = try PicturePaths.files(paths, in: session)
    var inputs: [[Float]] = []
    for picture in pictures {
      inputs.append(preparation.prepare(try ImageFile.read(picture.path).image).values)
    }
    let measurement = ThroughputMeasurement(
      network, inputs: inputs, workers: Workers(count: threadCount))
    let throughput =
      switch work {
      case .plain(.classify): measurement.classify(seconds: seconds)
      case .plain(.train): try measurement.train(seconds: seconds)
      case .method(let method): try measurement.attribute(method, seconds: seconds)
      }
    if printsJSON {
      session.result(json: BenchMessages.json(throughput))
    } else {
      session.result(BenchMessages.text(throughput))
    }
    return .done
  }
}
