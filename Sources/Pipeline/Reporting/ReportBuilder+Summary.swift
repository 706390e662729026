import Attribution
import Rendering

extension ReportBuilder {
  /// What the page says as a whole.
  func report(
    _ tally: ReportTally, _ means: MeanMaps, classes: [(label: String, count: Int)]
  ) throws -> Report {
    let example = firstExplained
    let names = example.map { RecordedColumns($0.maps).names } ?? []
    let methods = try zip(example?.maps ?? [], names).map { map, name in
      try ReportMethod(map, name: name)
    }
    let model = example.map { $0.model.file } ?? "no image could be explained"
    let total = tally.explained + tally.failed
    var subtitle = "\(model), \(total) image\(total == 1 ? "" : "s")"
    if total > Self.mostCards { subtitle += ", of which the first \(Self.mostCards) are shown" }
    return Report(
      title: "Why did it say that?", subtitle: subtitle, methods: methods,
      classes: try classes.map { group in
        ReportClass(
          label: group.label, count: group.count,
          means: try methods.indices.map { column in
            try means.mean(group.label, column: column, colorMap: methods[column].colorMap)
          })
      },
      facts: facts(example, tally),
      counts: ReportCounts(
        explained: tally.explained, failed: tally.failed,
        wrong: tally.foldersAreClasses ? tally.wrongByFolder : nil, uncertain: tally.uncertain))
  }

  private var firstExplained: ExplainedRecord? {
    for index in 0..<records.count {
      if case .explained(let explained)? = records[index]?.outcome { return explained }
    }
    return nil
  }

  private func facts(_ example: ExplainedRecord?, _ tally: ReportTally) -> [ReportFact] {
    guard let example else { return [] }
    var facts = [
      ReportFact("model", example.model.file), ReportFact("its SHA-256", example.model.sha256),
      ReportFact("explained score", example.target.kindText),
    ]
    for map in example.maps {
      facts.append(ReportFact(map.method, map.settingsText))
    }
    facts.append(ReportFact("seed", "\(example.maps.first?.seed ?? 0)"))
    if tally.foldersAreClasses {
      facts.append(
        ReportFact(
          "true classes", "the names of the folders, all of which are classes of the model"))
    }
    return facts
  }
}
