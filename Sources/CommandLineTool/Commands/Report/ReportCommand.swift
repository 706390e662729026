import Paths
import Pipeline
import Tensors

/// `whylight report`: a run's page, made again.
struct ReportCommand: Command {
  static let declaration = CommandDeclaration(
    name: "report",
    summary: "Merge the records of a run's shards, and make its page from them.",
    discussion: [
      "DIR is a folder that explain wrote. Its records and what explain left in DIR/report-files "
        + "become DIR/report.html: all pictures with their maps, means by class, and how to read "
        + "them.",
      "The records of shards (results-K-of-N.jsonl) are merged into DIR/results.jsonl, in natural "
        + "order of their paths: the order of a run over a folder as a whole.",
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
    folder = arguments.operands[0].withoutLastSlashes
    threadCount = arguments[ThreadOption.usual]
  }

  func run(in session: Session) async throws -> ExitCode {
    guard RecordFamily.areThere(in: folder) else { throw ReportError.noRecords(folder: folder) }
    return try FolderClaim(folder).inTurn { try makePage(session) }
  }

  private func makePage(_ session: Session) throws -> ExitCode {
    let builder = try ReportBuilder(folder: folder)
    let merged = try builder.mergeRecords()
    if let merged {
      session.result(ReportMessages.merged(merged))
      if merged.missingCount > 0 { session.note(ReportMessages.missing(merged)) }
    }
    do {
      let page = try builder.build(Workers(count: threadCount))
      session.result(ReportMessages.made(page.path, images: page.images))
      if page.damagedRecords > 0 {
        session.note(ReportMessages.damaged(page.damagedRecords, in: folder))
      }
    } catch ReportError.noRecords where merged != nil {
      session.note(ReportMessages.noPicturesYet)
    } catch ReportError.noPictures where merged != nil {
      session.note(ReportMessages.noPage)
    }
    return .done
  }
}
