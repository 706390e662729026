import Pipeline
import Tensors

/// `whylight report`: a run's page, made again.
struct ReportCommand: Command {
  static let declaration = CommandDeclaration(
    name: "report",
    summary: "Make the page about a run of explain from its records.",
    discussion: [
      "DIR is a folder that explain wrote. Its records (results.jsonl, or the results-K-of-N.jsonl of "
        + "all shards) and what explain left in DIR/report-files become DIR/report.html: all pictures "
        + "with their maps, means by class, and how to read them.",
      "Up to some hundred pictures, the page needs nothing but itself and can be sent as one file; "
        + "beyond, it needs DIR/report-files beside it.",
    ],
    synopses: ["[options] DIR"],
    operands: OperandDeclaration(required: ["DIR"], allowsMore: false, completion: .folders),
    options: [ThreadOption.usual.declaration],
    examples: [
      .init(
        purpose: "One page of a run that was split over two machines",
        line: "whylight report whylight-out")
    ])

  let folder: String
  let threadCount: Int

  init(_ arguments: Arguments) throws(UsageError) {
    folder = arguments.operands[0]
    threadCount = arguments[ThreadOption.usual]
  }

  func run(in session: Session) async throws -> ExitCode {
    let page = try ReportBuilder(folder: folder).build(Workers(count: threadCount))
    session.result(ReportMessages.made(page.path, images: page.images))
    return .done
  }
}
