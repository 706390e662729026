import Attribution
import Imaging
import ModelFiles
import Pipeline
import Rendering

/// What a run over known pictures has to do: which pictures, which of them are done, and where their
/// records go.
struct ExplainPlan {
  let jobs: [ExplanationJob]
  private(set) var remaining: [ExplanationJob] = []
  private let command: ExplainCommand
  private let folder: OutputFolder
  private let claim: FolderClaim
  private var settings: RunSettings

  /// Claims the folder, and refuses to mix two runs.
  init(
    _ command: ExplainCommand, _ run: ExplanationRun, _ files: [DiscoveredFile],
    _ settings: RunSettings
  ) throws {
    self.command = command
    self.settings = settings
    folder = run.output
    let names = OutputNames(files.map(\.path))
    jobs = files.lazy.map(\.path).filter { command.shard?.holds($0) ?? true }
      .map { ExplanationJob(path: $0, name: names[$0]) }
    let inputs = files.map(\.path) + [command.baselineFile, command.segments].compactMap(\.self)
    if let input = run.drawnFiles.overwritten(of: inputs, drawing: jobs.lazy.map(\.name)) {
      throw UsageError.outputIsInput(input)
    }
    claim = try FolderClaim(folder.path)
    try claim.inTurn {
      try checkFormer()
      try claim.enter(as: .init(command.shard))
    }
  }

  /// Refuses to go on with what was made with other settings, or is no part of this.
  private func checkFormer() throws {
    guard command.resumes || command.shard != nil else { return }
    try settings.checkAgainst(try RunSettings(in: folder), in: folder)
    try RecordFamily.check(folder, for: command.shard, resumes: command.resumes)
  }

  /// Finds what is left to do, and begins with the records of what is not.
  mutating func begin(_ run: ExplanationRun, _ session: Session) throws -> RecordFile {
    settings.add(magnitudes: run.magnitudes)
    return try claim.inTurn {
      // Another shard may have begun.
      try checkFormer()
      if !command.resumes { try folder.removePage() }
      let records = try RecordFile(
        command.shard, in: folder,
        beginningWith: command.resumes ? findRemaining(run, session) : nil)
      if !command.resumes { remaining = jobs }
      // Last, so that no records of other settings are ever beside these.
      try settings.write(to: folder)
      if command.resumes && command.shard == nil && !run.makesPage {
        try folder.removePage()
        try folder.removePageFiles()
      }
      return records
    }
  }

  /// Parts what is left to do from what is done, of which it gives the records.
  private mutating func findRemaining(_ run: ExplanationRun, _ session: Session) -> RecordPieces {
    let former = RunRecords(in: folder, for: command.shard)
    var kept: [String] = []
    for job in jobs {
      if former.isExplained(job.path, forPage: run.makesPage) && run.hasWritten(job) {
        kept.append(job.path)
      } else {
        remaining.append(job)
      }
    }
    let others = former.count - jobs.count { former.holds($0.path) }
    if others > 0 { session.note(ExplainMessages.leftOut(others)) }
    return former.file(of: kept, forPage: run.makesPage)
  }

  /// What was added to the records of an earlier run comes to its pictures' places.
  func putRecordsInOrder() throws {
    guard remaining.count < jobs.count, !remaining.isEmpty else { return }
    let all = RunRecords(in: folder, for: command.shard)
    try folder.write(
      all.file(of: jobs.lazy.map(\.path), forPage: command.makesPage),
      to: RecordFile.name(command.shard))
  }

  /// Does something while nobody begins in the folder.
  func inTurn<Result>(_ body: () throws -> Result) rethrows -> Result { try claim.inTurn(body) }
}

extension RunSettings {
  /// Everything that the results of a command depend on, besides the pictures.
  init(_ run: ExplanationRun, _ command: ExplainCommand, _ given: GivenPictures) throws {
    let layout = run.explainer.preparation.layout
    let preparation = run.explainer.preparation.settings
    let drawing = command.drawing
    let methods = run.explainer.methods.map { method in
      ([method.description.name] + method.settings.map { "\($0.name)=\($0.value)" })
        .joined(separator: ":")
    }
    self.init([
      Entry(RunSettings.versionName, Tool.version), Entry("model", run.model.file),
      Entry("model sha256", run.model.sha256), Entry("methods", methods.joined(separator: " ")),
      Entry("target", "\(command.settings.target)"),
      Entry("output kind", command.settings.outputKind.rawValue),
      // Of files the content counts, see below.
      Entry("baseline", command.baseline ?? "", isCompared: command.baselineFile == nil),
      Entry("segments", command.segments ?? "", isCompared: command.segments == nil),
      Entry("seed", "\(command.settings.seed)"),
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
      // A run that goes on alone makes what it lacks; shards and filters make a page together.
      Entry(
        "page", command.makesPage ? "yes" : "no",
        isCompared: !command.resumes || command.shard != nil),
      Entry("save", command.products.map(\.rawValue).sorted().joined(separator: ",")),
      Entry("colormap", drawing.colorMap?.rawValue ?? ""),
      Entry("uncertain", drawing.uncertain.rawValue), Entry("opacity", "\(drawing.opacity)"),
      Entry("clip", "\(drawing.clip)"), Entry("scale", "\(drawing.scale)"),
      Entry("top percent", "\((100 * drawing.topShare * 1e6).rounded() / 1e6)"),
      Entry("zoom", drawing.zoom.map(String.init) ?? ""),
      Entry("upsampling", drawing.upsampling.rawValue),
    ])
    // A file of the same name may have another content.
    for (name, picture) in [("baseline", given.baseline), ("segments", given.segments)] {
      guard let picture else { continue }
      entries.append(Entry(name + " sha256", picture.sha256))
    }
  }
  /// The scale that a run's pictures share depends on all of them.
  fileprivate mutating func add(magnitudes: [Double]?) {
    guard let magnitudes else { return }
    entries.append(
      Entry("scale of the run", magnitudes.map { "\($0)" }.joined(separator: ", ")))
  }
}
