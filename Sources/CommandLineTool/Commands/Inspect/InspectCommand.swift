import Imaging
import ModelFiles
import Pipeline
import Rendering
import Tensors

/// `whylight inspect`: what a model is made of, what it costs, what can explain it.
struct InspectCommand: Command {
  static let declaration = CommandDeclaration(
    name: "inspect",
    summary: "Show a model: layers, weights, costs, and the methods that can explain it.",
    discussion: [
      "Every layer comes with the shape of one image's values, its parameters, its multiply-adds "
        + "and its receptive field: how many pixels of the input one of its elements sees. '+ all' "
        + "says that a gate or a normalisation brings in the rest of the image too.",
      "Under weight sharing stands what the convolutions would take with filters of their own for "
        + "each place (locally connected) and as dense layers.",
      "Memory is what the plan of a pass takes, sixteen images side by side, for one of them. Time "
        + "is an estimate that runs nothing: the multiply-adds at this machine's measured peak "
        + "(3x3 and 5x5 convolutions of stride 1 count half, because Winograd's method runs there), "
        + "or the elements at 10 GB a second and thread, whichever is longer. `whylight bench` "
        + "measures it.",
    ],
    synopses: ["[options] MODEL"],
    operands: OperandDeclaration(
      required: ["MODEL"], allowsMore: false, completion: .files(extensions: ["onnx"])),
    options: InspectOptions.declarations,
    examples: [
      .init(purpose: "What is in a model", line: "whylight inspect model.onnx"),
      .init(
        purpose: "A diagram, and what the first layer looks for",
        line: "whylight inspect --svg model.svg --filters filters.png model.onnx"),
    ])

  let path: String
  let choice: ModelChoice
  let printsJSON: Bool
  let diagramPath: String?
  let filtersPath: String?
  let threadCount: Int

  init(_ arguments: Arguments) throws(UsageError) {
    path = arguments.operands[0]
    choice = ModelChoice(arguments, path: path)
    printsJSON = arguments[InspectOptions.json]
    diagramPath = arguments[InspectOptions.svg]
    filtersPath = arguments[InspectOptions.filters]
    threadCount = arguments[ThreadOption.usual]
  }

  func run(in session: Session) async throws -> ExitCode {
    for case let output? in [diagramPath, filtersPath] where Adoption.isSameFile(path, output) {
      throw UsageError.outputIsInput(path)
    }
    let kernels = try session.kernels()
    let model = try choice.openAny().model
    let inspection = ModelInspection(model)
    let cost = try CostEstimate(
      model.graph, input: model.input, logits: model.logits,
      workers: Workers(count: threadCount), kernels: kernels)
    let messages = InspectMessages(
      path: path, model: model, inspection: inspection, cost: cost)
    if printsJSON {
      session.result(json: messages.json)
    } else {
      for line in messages.lines { session.result(line) }
    }
    if let diagramPath {
      let diagram = Diagram(
        inspection, of: model, title: messages.name, subtitle: messages.headline)
      try AtomicFile.write(Array(diagram.svg.utf8), to: diagramPath)
    }
    if let filtersPath {
      guard let sheet = FilterSheet(model) else { throw InspectError.noConvolution(path: path) }
      try ImageFile.write(sheet.image, to: filtersPath, as: .png(PNGOptions()))
    }
    return .done
  }
}

/// What `inspect` cannot do.
enum InspectError: DescribedError {
  case noConvolution(path: String)

  var sentence: String {
    switch self {
    case .noConvolution(let path):
      "\(path): the model has no convolution, so there are no filters to draw. Leave --filters out."
    }
  }
}
