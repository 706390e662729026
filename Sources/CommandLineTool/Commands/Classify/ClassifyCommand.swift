import Imaging
import Pipeline
import Tensors

/// `whylight classify`: the top classes of pictures.
struct ClassifyCommand: Command {
  static let declaration = CommandDeclaration(
    name: "classify",
    summary: "Say what is on pictures: the top classes of each.",
    discussion: [
      "Pictures are prepared as the model's file says. Without --model the bundled digit "
        + "classifier answers; it finds the ink on a photo or a scan by itself.",
      "A picture is marked as unlike the training data if it looks different (its brightness, "
        + "contrast and edges lie farther from those of the training pictures than 199 in 200 of "
        + "the pictures held out) or if no class stands out (its largest logit is below that of "
        + "199 in 200). Models trained by whylight hold these limits; --json gives both numbers: "
        + "distance_to_training, in units of the limit, and logit_shortfall.",
      PicturePaths.help + " With `-` alone each path is answered as soon as it comes in.",
    ],
    synopses: ["[options] PATH..."],
    operands: OperandDeclaration(
      required: ["PATH"], allowsMore: true,
      completion: .files(extensions: ["png", "jpg", "jpeg"])),
    options: ClassifyOptions.declarations,
    examples: [
      .init(purpose: "What digit is on a photo", line: "whylight classify photo.jpg"),
      .init(
        purpose: "A folder as JSON Lines, with a model of one's own",
        line: "whylight classify --json --model flowers.onnx photos"),
    ])

  let paths: [String]
  let choice: ModelChoice
  let top: Int
  let printsJSON: Bool
  let threadCount: Int

  init(_ arguments: Arguments) throws(UsageError) {
    paths = arguments.operands
    choice = ModelChoice(arguments)
    top = arguments[ClassifyOptions.top]
    printsJSON = arguments[ClassifyOptions.json]
    threadCount = arguments[ThreadOption.usual]
  }

  func run(in session: Session) async throws -> ExitCode {
    let opened = try choice.open()
    let next = try portions(session)
    let classifier = try PictureClassifier(
      opened.model, workers: Workers(count: threadCount), kernels: try session.kernels())
    for assumption in opened.assumptions { session.note(assumption) }
    var failures = 0
    while let some = next() {
      for (path, answer) in zip(some, classifier.answers(to: some)) {
        switch answer {
        case .success(let answer):
          if printsJSON {
            session.result(json: answer.json(path: path, top: top))
          } else {
            session.result(ClassifyMessages.line(answer, path: path, top: top))
          }
        case .failure(let error):
          failures += 1
          if printsJSON {
            session.result(
              json: ExplanationRecord(path: path, outcome: .failed(error.sentence)).json)
          }
          session.report(error.sentence)
        }
      }
    }
    return failures > 0 ? .someFailed : .done
  }

  /// The paths, so many at once that all threads have some groups and memory stays small; from a pipe,
  /// as many as have come in.
  private func portions(_ session: Session) throws -> () -> [String]? {
    let portion = laneCount * 4 * threadCount
    if paths == ["-"] {
      return {
        let some = session.console.input.take(portion)
        return some.isEmpty ? nil : some
      }
    }
    var rest = try PicturePaths.files(paths, in: session).map(\.path)[...]
    return {
      defer { rest = rest.dropFirst(portion) }
      return rest.isEmpty ? nil : Array(rest.prefix(portion))
    }
  }
}

/// The options of `classify`.
enum ClassifyOptions {
  static let top = Option.value(
    "top", .integer(in: 1...1000), default: "3", in: "Output", "How many classes to name.")
  static let json = Option.flag("json", in: "Output", "Print JSON Lines instead of text.")

  static let declarations =
    ModelOptions.declarations + [
      top.declaration, json.declaration, ThreadOption.usual.declaration,
    ]
}
