import Attribution
import Rendering

extension ReportBuilder {
  /// What the page says as a whole.
  func report(
    _ tally: ReportTally, _ means: MeanMaps, classes: [(label: String, count: Int)]
  ) throws -> Report {
    let example = firstExplained
    let columns = tally.columns
    let methods = try zip(tally.methods, columns?.methods ?? []).map {
      try ReportMethod($0, name: $1)
    }
    let model = example.map { $0.model.file } ?? "no image could be explained"
    let total = tally.explained + tally.failed
    var subtitle = "\(model), \(total) image\(total == 1 ? "" : "s")"
    if total > Self.mostCards { subtitle += ", of which the first \(Self.mostCards) are shown" }
    let views = columns?.names ?? []
    let averaged = columns?.firstMaps ?? []
    return Report(
      title: "Why did it say that?", subtitle: subtitle, views: views,
      meanViews: averaged.map { views[$0] }, methods: methods,
      classes: try classes.enumerated().map { rank, group in
        ReportClass(
          label: group.label, count: group.count,
          means: rank >= Self.mostClasses
            ? []
            : try averaged.map { view in
              let bar = methods[columns?.number(ofMap: view) ?? 0].colorBars[0]
              return try means.mean(group.label, column: view, bar)
            })
      },
      facts: try facts(example, tally),
      counts: ReportCounts(
        explained: tally.explained, failed: tally.failed,
        wrong: tally.foldersAreClasses ? tally.wrongByFolder : nil, uncertain: tally.uncertain,
        unlikeTraining: tally.unlikeTraining),
      commonFolder: tally.commonFolder)
  }

  private var firstExplained: ExplainedRecord? {
    for index in 0..<records.count {
      if case .explained(let explained)? = records[index]?.outcome { return explained }
    }
    return nil
  }

  /// The run's settings as it left them beside its records; what the records say where it left none.
  private func facts(_ example: ExplainedRecord?, _ tally: ReportTally) throws -> [ReportFact] {
    guard let example else { return [] }
    var facts: [ReportFact]
    if let settings = try RunSettings(folder: folder) {
      facts = settings.facts
    } else {
      facts = [
        ReportFact("model", example.model.file), ReportFact("its SHA-256", example.model.sha256),
        ReportFact("explained score", example.target.kindText),
      ]
      facts += zip(tally.methods, tally.columns?.methods ?? []).map { method, name in
        ReportFact(name, method.settingsText)
      }
      facts.append(ReportFact("seed", "\(example.maps.first?.seed ?? 0)"))
    }
    if tally.foldersAreClasses {
      facts.append(
        ReportFact(
          "true classes", "the names of the folders, all of which are classes of the model"))
    }
    return facts
  }
}
