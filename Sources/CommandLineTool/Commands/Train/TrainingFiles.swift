import FoundationEssentials
import Imaging
import Paths
import Pipeline
import Rendering
import Training

/// The files that `train` writes, beside the model and named like it.
struct TrainingFiles: Sendable {
  let model: String

  private var stem: String { model.fileEnding == "onnx" ? String(model.withoutFileEnding) : model }

  var checkpoint: String { stem + ".checkpoint" }

  /// Refuses a folder in the model's place, and a place in no folder, before anything is read.
  func checkPlace() throws(ImageFileError) {
    if Self.isFolder(model) { throw .folder(path: model) }
    if !Self.isFolder(model.folderPath) { throw .folderMissing(path: model) }
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder
  }

  /// Writes the epochs so far as JSON Lines, as CSV and as a drawing that any browser shows.
  func writeRecords(_ history: [EpochRecord]) throws {
    let lines = history.map { $0.json + "\n" }.joined()
    try AtomicFile.write(Array(lines.utf8), to: stem + ".epochs.jsonl")
    let rows = ([EpochRecord.csvHeading] + history.map(\.csv)).map { $0 + "\n" }.joined()
    try AtomicFile.write(Array(rows.utf8), to: stem + ".epochs.csv")
    let chart = Chart(learningCurve: history)
    try AtomicFile.write(Array(chart.svg().utf8), to: stem + ".epochs.svg")
    let drawing = SummaryDrawing.epochs
    try AtomicFile.write(try drawing.png(chart.image()), to: stem + "." + drawing.fileName)
  }
}
