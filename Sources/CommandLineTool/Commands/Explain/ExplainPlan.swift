import Attribution
import Imaging
import ModelFiles
import Pipeline
import Rendering

/// What a run over known pictures has to do: which pictures, which of them are done, and where their
/// records go.
struct ExplainPlan {
  let jobs: [ExplanationJob]
  let remaining: [ExplanationJob]
  let records: RecordFile
  private let folder: OutputFolder
  private let shard: Shard?

  /// Finds the pictures, looks at what an earlier run left, and refuses to mix two runs.
  init(_ command: ExplainCommand, _ run: ExplanationRun, _ session: Session) throws {
    folder = run.output
    shard = command.shard
    let files = try PicturePaths.files(command.paths, apartFrom: command.output, in: session)
    let names = OutputNames(files.map(\.path))
    jobs = files.lazy.map(\.path).filter { command.shard?.holds($0) ?? true }
      .map { ExplanationJob(path: $0, name: names[$0]) }
    let settings = try RunSettings(run, command)
    if command.resumes || command.shard != nil, let former = try RunSettings(in: folder) {
      try settings.checkAgainst(former, in: folder)
    }
    var kept: [String] = []
    if command.resumes {
      let former = RunRecords(in: folder, for: shard)
      var remaining: [ExplanationJob] = []
      for job in jobs {
        if former.isExplained(job.path) && run.hasWritten(job) {
          kept.append(job.path)
        } else {
          remaining.append(job)
        }
      }
      self.remaining = remaining
      try folder.write(former.file(of: kept), to: RecordFile.name(shard))
    } else {
      remaining = jobs
    }
    records = try RecordFile(shard, in: folder, keepsContent: command.resumes)
    // Last, so that no records of other settings are ever beside these.
    try settings.write(to: folder)
  }

  /// What was added to the records of an earlier run comes to its pictures' places.
  func putRecordsInOrder() throws {
    guard remaining.count < jobs.count, !remaining.isEmpty else { return }
    let all = RunRecords(in: folder, for: shard)
    try folder.write(all.file(of: jobs.lazy.map(\.path)), to: RecordFile.name(shard))
  }
}

extension RunSettings {
  /// Everything that the results of a command depend on, besides the pictures.
  init(_ run: ExplanationRun, _ command: ExplainCommand) throws {
    let layout = run.explainer.preparation.layout
    let preparation = run.explainer.preparation.settings
    let drawing = command.drawing
    let methods = run.explainer.methods.map { method in
      ([method.description.name] + method.settings.map { "\($0.name)=\($0.value)" })
        .joined(separator: ":")
    }
    self.init([
      Entry("whylight", Tool.version), Entry("model", run.model.file),
      Entry("model sha256", run.model.sha256), Entry("methods", methods.joined(separator: " ")),
      Entry("target", "\(command.settings.target)"),
      Entry("output kind", command.settings.outputKind.rawValue),
      Entry("baseline", command.baseline ?? ""),
      Entry("segments", command.segments ?? ""), Entry("seed", "\(command.settings.seed)"),
      Entry(
        "preparation",
        "size \(layout.width)x\(layout.height), range \(preparation.range.rawValue), "
          + "mean \(preparation.mean), std \(preparation.standardDeviation), "
          + "order \(preparation.colorOrder.rawValue), "
          + "invert \(preparation.inversion.rawValue), fit \(preparation.fit.rawValue)"),
      Entry(
        "labels",
        (0..<run.explainer.model.classCount).map { run.explainer.model.label($0) }.joined(
          separator: ", ")),
      Entry("page", command.makesPage ? "yes" : "no"),
      Entry("save", command.products.map(\.rawValue).sorted().joined(separator: ",")),
      Entry("colormap", drawing.colorMap?.rawValue ?? ""),
      Entry("uncertain", drawing.uncertain.rawValue), Entry("opacity", "\(drawing.opacity)"),
      Entry("clip", "\(drawing.clip)"), Entry("scale", "\(drawing.scale)"),
      Entry("top percent", "\(100 * drawing.topShare)"),
      Entry("zoom", drawing.zoom.map(String.init) ?? ""),
      Entry("upsampling", drawing.upsampling.rawValue),
    ])
    // A file of the same name may have another content.
    for (name, file) in [("baseline", command.baselineFile), ("segments", command.segments)] {
      guard let file else { continue }
      entries.append(Entry(name + " sha256", try SHA256.digest(contentsOf: file)))
    }
  }
}
