import Imaging
import Pipeline

/// `whylight convert`: reads pictures, turns them upright, resizes them if asked, writes them.
struct ConvertCommand: Command {
  static let declaration = CommandDeclaration(
    name: "convert",
    summary: "Read pictures (PNG, JPEG), turn them upright, resize them if asked, write them.",
    discussion: [
      "What a file is, its content says, never its name. The output is PNG or JPEG by the end of "
        + "its name. Into a folder, any number of pictures and folders of pictures are converted, "
        + "those inside folders keeping their place; a picture that cannot be read is reported and "
        + "the others are done (exit code 2).",
      "A PNG keeps its text notes when it becomes a PNG. JPEG knows no transparency: it is laid "
        + "on white. Colour profiles are neither applied nor kept.",
    ],
    synopses: ["[options] IN OUT", "[options] IN... OUTDIR/"],
    operands: OperandDeclaration(
      required: ["IN", "OUT"], allowsMore: true,
      completion: .files(extensions: ["png", "jpg", "jpeg"])),
    options: ConvertOptions.declarations,
    examples: [
      .init(
        purpose: "Turn a photo upright and make it a PNG",
        line: "whylight convert photo.jpg photo.png"),
      .init(
        purpose: "Shrink a folder of photos, keeping its structure",
        line: "whylight convert --max-side 1024 photos small/"),
      .init(
        purpose: "Make a grey thumbnail of exactly this size",
        line: "whylight convert --size 28x28 --filter area --grey scan.png digit.png"),
    ])

  let operands: ConversionOperands
  let conversion: PictureConversion
  let format: ImageFormat?
  let threadCount: Int

  init(_ arguments: Arguments) throws(UsageError) {
    operands = ConversionOperands(arguments.operands)
    format = arguments[ConvertOptions.format]?.format
    conversion = try PictureConversion(arguments)
    threadCount = arguments[ConvertOptions.threads]
    guard !operands.isIntoFolder else { return }
    guard let format = format ?? ImageFormat(writtenAs: operands.output) else {
      throw .unwritableFormat(file: operands.output)
    }
    try Self.refuseOptionsWithoutEffect(arguments, for: format)
  }

  func run(in session: Session) async throws -> ExitCode {
    let plan = try ConversionPlan(operands: operands, format: format)
    guard operands.isIntoFolder else {
      for step in plan.steps {
        report(try conversion.run(step), of: step, to: session)
      }
      return .done
    }
    try plan.makeFolders()
    return await runAll(plan.steps, in: session)
  }

  /// Converts into a folder: several pictures at once, reports in order, failures counted.
  private func runAll(_ steps: [ConversionStep], in session: Session) async -> ExitCode {
    session.finishesWhatItBegan()
    var progress = ProgressLine(total: steps.count, session: session)
    var failureCount = 0
    var doneCount = 0
    var isDiskFull = false
    await steps.forEachInOrder(width: threadCount) { [conversion] step in
      Result { () throws(ConversionFailure) in try conversion.run(step) }
    } consume: { step, result in
      progress.clear()
      switch result {
      case .success(let converted):
        doneCount += 1
        report(converted, of: step, to: session)
      case .failure(let failure):
        failureCount += 1
        session.report(failure.sentence)
        if case .diskFull = failure.error { isDiskFull = true }
      }
      progress.advance(step.input)
      return !isDiskFull && session.interruption == nil
    }
    progress.clear()
    if let signal = session.interruption { return .interrupted(signal: signal) }
    session.note(ConvertMessages.summary(done: doneCount, failed: failureCount))
    if isDiskFull { return .couldNotRun }
    return failureCount > 0 ? .someFailed : .done
  }

  private func report(_ converted: ConvertedPicture, of step: ConversionStep, to session: Session) {
    for warning in converted.warnings {
      session.note(warning.sentence(about: step.input, format: converted.storedFormat))
    }
    session.result(ConvertMessages.result(converted, at: step.output))
  }

  /// An option that the written format has no use for is more likely a slip than a wish.
  private static func refuseOptionsWithoutEffect(
    _ arguments: Arguments, for format: ImageFormat
  ) throws(UsageError) {
    switch format {
    case .png:
      try refuse(ConvertOptions.quality, arguments, for: format)
      try refuse(ConvertOptions.subsampling, arguments, for: format)
      try refuse(ConvertOptions.progressive, arguments, for: format)
    case .jpeg:
      try refuse(ConvertOptions.compression, arguments, for: format)
      if arguments[ConvertOptions.depth] == .sixteen {
        throw .optionWithoutEffect(option: "--depth 16", given: format)
      }
    }
  }

  private static func refuse<Value>(
    _ option: Option<Value>, _ arguments: Arguments, for format: ImageFormat
  ) throws(UsageError) {
    guard arguments.isGiven(option) else { return }
    throw .optionWithoutEffect(option: "--" + option.declaration.name, given: format)
  }
}
