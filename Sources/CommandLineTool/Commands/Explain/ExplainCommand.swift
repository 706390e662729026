import Attribution
import Imaging
import ModelFiles
import Pipeline
import Segmentation
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
      PicturePaths.help
        + " With --json, `-` alone makes a filter: each path is answered by its line as "
        + "soon as it comes in. Filters of the same settings share an output folder, side by side "
        + "or one after another. The page, which the last one that is running makes, shows a "
        + "picture's last answer.",
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
  let segments: String?
  let products: Set<MapProduct>
  let drawing: DrawingSettings
  let output: String
  let makesPage: Bool
  let resumes: Bool
  let shard: Shard?
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
    segments = arguments[ExplainOptions.segments]
    products = arguments[ExplainOptions.save]
    drawing = DrawingSettings(arguments)
    output = arguments[ExplainOptions.output]
    makesPage = arguments[ExplainOptions.report]
    resumes = arguments[ExplainOptions.resume]
    shard = arguments[ExplainOptions.shard]
    threadCount = arguments[ExplainOptions.threads]
    printsJSON = arguments[ExplainOptions.json]
    // One scale needs all pictures at once.
    if drawing.scale == .run {
      if shard != nil { throw .conflictingOptions("--scale run", "--shard") }
      if isFilter { throw .conflictingOptions("--scale run", "paths from a pipe with --json") }
    }
    if isFilter && resumes {
      throw .conflictingOptions("--resume", "paths from a pipe with --json")
    }
    if isFilter && shard != nil {
      throw .conflictingOptions("--shard", "paths from a pipe with --json")
    }
  }

  /// The picture that is compared with, unless the baseline is a word.
  var baselineFile: String? {
    baseline.flatMap { ExplainOptions.baselines.contains($0) ? nil : $0 }
  }

  /// Whether paths come in on standard input and each is answered by a line.
  private var isFilter: Bool { paths == ["-"] && printsJSON }

  func run(in session: Session) async throws -> ExitCode {
    // It takes about as long as reading, and goes on beside it.
    async let digest = choice.digest()
    let opened = try choice.open()
    let given = try GivenPictures(self)
    let explainer = try makeExplainer(opened, given, session)
    for note in opened.assumptions + explainer.unusedOptions { session.note(note) }
    // Before there is a folder for what will not be.
    let files =
      isFilter ? [] : try PicturePaths.files(paths, apartFrom: output, in: session)
    try RunFiles.check(output)
    let folder = try OutputFolder(output)
    var run = ExplanationRun(
      explainer,
      model: ModelRecord(file: opened.name, sha256: try await digest),
      products: products, drawing: drawing, output: folder, makesPage: makesPage)
    run.returnFreedMemory = ProcessMemory.returnFreedBlocks
    session.finishesWhatItBegan { [words = ExplainMessages.interrupted(isFilter: isFilter)] in
      folder.close()
      session.note(words)
    }
    let settings = try RunSettings(run, self, given)
    return isFilter
      ? try runFilter(run, settings, session) : try runList(files, run, settings, session)
  }

  /// Answers paths as they come in. A scheduler starts filters side by side and one after another,
  /// and their records are to stand together: only those of other settings are replaced.
  private func runFilter(
    _ run: ExplanationRun, _ settings: RunSettings, _ session: Session
  ) throws -> ExitCode {
    let claim = try FolderClaim(run.output.path)
    // What would be refused when the first path comes is better refused now.
    try claim.inTurn {
      _ = try enter(claim, settings, run.output)
      _ = claim.leave(.filter)
    }
    let report = ExplainReport(session, total: nil, output: output, printsJSON: true)
    let input = session.console.input
    let first = input.take(1)
    // Who is given nothing leaves what others wrote as it is, and says nothing to who waits for it.
    if first.isEmpty { return report.finish(page: nil) }
    let records = try claim.inTurn {
      let (isJoined, agrees) = try enter(claim, settings, run.output)
      if agrees { return try RecordFile.goingOn(in: run.output, isJoined: isJoined) }
      try run.output.removePage()
      let records = try RecordFile(nil, in: run.output, beginningWith: nil)
      try settings.write(to: run.output)
      return records
    }
    try explain(
      JobStream(beginningWith: first) { input.take($0) }, run, records, report, session)
    // Of many short filters, each would otherwise make the page of all.
    return report.finish(
      page: try claim.inTurn { claim.leave(.filter) ? nil : try page(session) })
  }

  /// Enters a folder as a filter; to be called in turn.
  ///
  /// - Returns: whether others write to it already, and whether what stands there was made with the
  ///   same settings.
  private func enter(
    _ claim: FolderClaim, _ settings: RunSettings, _ folder: OutputFolder
  ) throws -> (isJoined: Bool, agrees: Bool) {
    let isJoined = try claim.enter(as: .filter)
    let former = try RunSettings(in: folder)
    if isJoined { try settings.checkAgainst(former, in: folder) }
    return (isJoined, isJoined || former.map(settings.agree) ?? false)
  }

  /// Explains pictures that are known beforehand: all of them, a shard, or what is left of these.
  private func runList(
    _ files: [DiscoveredFile], _ run: ExplanationRun, _ settings: RunSettings,
    _ session: Session
  ) throws -> ExitCode {
    var run = run
    var plan = try ExplainPlan(self, run, files, settings)
    if drawing.scale == .run {
      session.note(ExplainMessages.findingScale)
      run.magnitudes = try run.magnitudes(
        of: JobList(plan.jobs, threads: threadCount), workers: Workers(count: threadCount),
        goesOn: { session.interruption == nil })
    }
    let records = session.interruption == nil ? try plan.begin(run, session) : nil
    let report = ExplainReport(
      session, total: plan.remaining.count, output: output, printsJSON: printsJSON,
      alreadyDone: plan.jobs.count - plan.remaining.count)
    if let records {
      try explain(JobList(plan.remaining, threads: threadCount), run, records, report, session)
    }
    if session.interruption == nil { try plan.putRecordsInOrder() }
    // The last of several shards cannot know that it is the last: `report` makes their page.
    return report.finish(
      page: shard == nil ? try plan.inTurn { try page(session) } : nil)
  }

  private func explain(
    _ jobs: some JobSource, _ run: ExplanationRun, _ records: RecordFile, _ report: ExplainReport,
    _ session: Session
  ) throws {
    try run.run(
      jobs, workers: Workers(count: threadCount), describe: { $0.sentence },
      goesOn: { session.interruption == nil },
      consume: { record in
        try records.append(record.json)
        report.add(record)
      })
    if session.interruption == nil { try records.checkPlace() }
  }

  /// Makes the page, if one is wanted and there is anything to show: by this process or by others.
  private func page(_ session: Session) throws -> String? {
    guard makesPage, session.interruption == nil else { return nil }
    do {
      return try ReportBuilder(folder: output).build(Workers(count: threadCount)).path
    } catch ReportError.noPictures {
      return nil
    }
  }

  private func makeExplainer(
    _ opened: OpenedModel, _ given: GivenPictures, _ session: Session
  ) throws -> Explainer {
    var settings = settings
    settings.baseline = given.baseline == nil ? baseline : "given"
    settings.baselineImage = given.baseline?.image
    settings.segments = given.segments.map { LabelMap($0.image) }
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

extension Explainer {
  /// What was asked for that changes nothing, as sentences.
  fileprivate var unusedOptions: [String] {
    var sentences: [String] = []
    if settings.segments != nil, !usesSegments {
      sentences.append(ExplainMessages.unused(ExplainOptions.segments.declaration))
    }
    if settings.baseline != nil, !usesBaseline {
      sentences.append(ExplainMessages.unused(ExplainOptions.baseline.declaration))
    }
    if case .top(let count) = settings.target, count > model.classCount {
      sentences.append(ExplainMessages.allClasses(of: model.classCount, asked: settings.target))
    }
    return sentences
  }
}

extension DrawingSettings {
  /// The settings that the options say.
  init(_ arguments: Arguments) {
    self.init(
      colorMap: arguments[ExplainOptions.colorMap],
      uncertain: arguments[ExplainOptions.uncertain], opacity: arguments[ExplainOptions.opacity],
      clip: arguments[ExplainOptions.clip], scale: arguments[ExplainOptions.scale],
      topShare: arguments[ExplainOptions.topPercent] / 100, zoom: arguments[ExplainOptions.zoom],
      upsampling: arguments[ExplainOptions.upsampling].method)
  }
}
