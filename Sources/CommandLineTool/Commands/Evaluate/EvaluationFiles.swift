import Imaging
import Paths
import Pipeline
import Rendering
import Training

/// The files of `evaluate --output`: a page, the figures, the reliability plot and a contact sheet
/// of the most confident mistakes.
struct EvaluationFiles {
  private let folder: OutputFolder

  /// Makes the folder, so that what cannot be written, or is somebody's picture, is known before
  /// anything is measured.
  init(folder: String) throws {
    self.folder = try OutputFolder(folder)
    let drawn = DrawnFiles(in: self.folder) { _ in
      [SummaryDrawing.reliability, .mistakes].map(\.fileName)
    }
    if case .notDrawn(_, let file) = drawn.obstacle(toDrawing: folder, as: "") {
      throw RunError.foreignFile(path: file)
    }
  }

  /// Writes all of them, the page last.
  func write(_ report: EvaluationReport) throws {
    let chart = Chart(reliability: report.evaluation.calibration)
    let json = report.evaluation.json(naming: report.data) + "\n"
    try folder.write(Array(json.utf8), to: "evaluation.json")
    try folder.write(Array(chart.svg().utf8), to: "reliability.svg")
    try write(.reliability, chart.image())
    try write(.mistakes, report.contactSheet.image())
    try folder.write(Array(try EvaluationPage(report).html.utf8), to: "evaluation.html")
  }

  private func write(_ drawing: SummaryDrawing, _ image: Image) throws {
    try folder.write(try drawing.png(image), to: drawing.fileName)
  }

  /// The path of the page.
  var page: String { folder.path + "/evaluation.html" }
}

/// What an evaluation has to show.
struct EvaluationReport {
  let evaluation: Evaluation
  let data: DataSet

  /// What the model and the data are called.
  let model: String
  let source: String

  /// The most confident mistakes, as many as one looks at.
  var mistakes: ArraySlice<Evaluation.Mistake> { evaluation.mistakes.prefix(64) }

  func name(of mistake: Evaluation.Mistake) -> String {
    data.path(of: mistake.sample) ?? "sample \(mistake.sample)"
  }

  /// What was taken for what, and how surely.
  func sentence(_ mistake: Evaluation.Mistake) -> String {
    "\(evaluation.classes[mistake.label]) taken for \(evaluation.classes[mistake.answer])"
  }

  var contactSheet: ContactSheet {
    ContactSheet(
      title: mistakes.isEmpty
        ? "No mistakes"
        : "Most confident mistakes: \(mistakes.count) of \(evaluation.mistakes.count)",
      tiles: mistakes.map { mistake in
        ContactSheet.Tile(
          data.picture(of: mistake.sample),
          lines: [sentence(mistake), Percentage.text(mistake.probability), shortName(mistake)])
      })
  }

  /// The end of a path, which is what tells files apart.
  private func shortName(_ mistake: Evaluation.Mistake) -> String {
    let last = name(of: mistake).lastPathStep
    return last.count <= 24 ? last : "..." + last.suffix(21)
  }
}
