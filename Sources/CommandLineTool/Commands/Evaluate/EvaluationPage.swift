import Imaging
import Rendering
import Training

/// An evaluation as one page that needs nothing else: no script, no other file.
struct EvaluationPage {
  private let report: EvaluationReport
  private let evaluation: Evaluation

  init(_ report: EvaluationReport) {
    self.report = report
    evaluation = report.evaluation
  }

  var html: String {
    get throws {
      HTMLDocument(title: "How good is \(report.model)?", style: Self.style)
        .page(
          header + "<main>\n" + figures + confusion + classTable + reliability
            + (try mistakes) + "</main>\n" + Self.footer)
    }
  }

  // MARK: - Parts

  private var header: String {
    """
    <header>
    <h1>How good is \(escape(report.model))?</h1>
    <p class="faint">Measured on \(evaluation.count) pictures of \(escape(report.source)), \
    \(evaluation.classes.count) classes.</p>
    </header>

    """
  }

  private var figures: String {
    let interval = evaluation.accuracyInterval
    var cards = [
      (
        "accuracy", Percentage.text(evaluation.accuracy),
        "\(evaluation.rightCount) of \(evaluation.count); on new data "
          + "\(Percentage.text(interval.lowerBound)) to \(Percentage.text(interval.upperBound)) (95 %)"
      ),
      ("loss", decimals(evaluation.loss, 4), "mean cross-entropy"),
      (
        "calibration error", decimals(evaluation.calibration.expectedError, 4),
        "mean distance between confidence and accuracy"
      ),
    ]
    for (k, count) in evaluation.topCounts.enumerated().dropFirst().prefix(2) {
      let share = Double(count) / Double(max(1, evaluation.count))
      cards.append(
        ("within top \(k + 1)", Percentage.text(share), "the label is among the likeliest"))
    }
    return "<div class=\"figures\">\n"
      + cards.map {
        "<div><span>\($0.0)</span><strong>\($0.1)</strong><small>\($0.2)</small></div>\n"
      }.joined() + "</div>\n"
  }

  /// As a table while it fits a page; what is confused most often, always.
  private var confusion: String {
    let pairs = confusedPairs.prefix(12)
    let list = pairs.map { pair in
      "<tr><td>\(name(pair.label))</td><td>\(name(pair.answer))</td>"
        + "<td class=\"number\">\(pair.count)</td></tr>\n"
    }.joined()
    let often =
      pairs.isEmpty
      ? "<p>Nothing was confused.</p>\n"
      : """
      <table class="pairs"><caption>Confused most often</caption>
      <thead><tr><th>label</th><th>taken for</th><th class="number">times</th></tr></thead>
      <tbody>
      \(list)</tbody></table>

      """
    let matrix = evaluation.classes.count <= 40 ? matrixTable : ""
    return "<h2>What is taken for what</h2>\n<div class=\"beside\">\n\(matrix)\(often)</div>\n"
  }

  private var matrixTable: String {
    let wrong = evaluation.confusion.indices.flatMap { label in
      evaluation.confusion[label].enumerated().filter { $0.offset != label }.map(\.element)
    }
    let most = Double(max(1, wrong.max() ?? 1))
    let heading = evaluation.classes.indices
      .map { "<th scope=\"col\" class=\"number\">\(name($0))</th>" }.joined()
    let rows = evaluation.confusion.enumerated().map { label, row in
      let total = Double(max(1, row.reduce(0, +)))
      let cells = row.enumerated().map { answer, count in
        // The square root lets a single mistake be seen beside many.
        let share = label == answer ? Double(count) / total : (Double(count) / most).squareRoot()
        return cell(count, share: share, isRight: label == answer)
      }.joined()
      return "<tr><th scope=\"row\">\(name(label))</th>\(cells)</tr>\n"
    }.joined()
    return """
      <div class="wide"><table class="matrix">
      <caption>A row for each label, a column for each answer</caption>
      <thead><tr><td></td>\(heading)</tr></thead>
      <tbody>
      \(rows)</tbody></table></div>

      """
  }

  private func cell(_ count: Int, share: Double, isRight: Bool) -> String {
    guard count > 0 else { return "<td class=\"number none\">·</td>" }
    let color = isRight ? "--accent" : "--warn"
    let strength = Int((share * (isRight ? 26 : 48) + 4).rounded())
    return "<td class=\"number\" style=\"background:color-mix(in srgb,var(\(color)) \(strength)%,"
      + "transparent)\">\(count)</td>"
  }

  private var confusedPairs: [(label: Int, answer: Int, count: Int)] {
    evaluation.confusion.enumerated().flatMap { label, row in
      row.enumerated().filter { $0.offset != label && $0.element > 0 }
        .map { (label, $0.offset, $0.element) }
    }.sorted { ($1.2, $0.0, $0.1) < ($0.2, $1.0, $1.1) }
  }

  private var classTable: String {
    let rows = evaluation.classes.indices.map { k in
      let shares = [evaluation.precision(k), evaluation.recall(k), evaluation.f1(k)]
        .map { "<td class=\"number\">\($0.map(Percentage.text) ?? "–")</td>" }.joined()
      let count = evaluation.confusion[k].reduce(0, +)
      return
        "<tr><th scope=\"row\">\(name(k))</th>\(shares)<td class=\"number\">\(count)</td></tr>\n"
    }.joined()
    return """
      <h2>Class by class</h2>
      <table>
      <thead><tr><th>class</th><th class="number">precision</th><th class="number">recall</th>\
      <th class="number">F1</th><th class="number">pictures</th></tr></thead>
      <tbody>
      \(rows)</tbody></table>
      <p class="faint">Precision: of those answered so, the share that are. Recall: of those that \
      are, the share answered so. F1: the harmonic mean of both.</p>

      """
  }

  private var reliability: String {
    """
    <h2>Is it right as often as it says?</h2>
    <figure class="chart">\(Chart(reliability: evaluation.calibration).svg(.page))</figure>
    <p class="faint">Answers are sorted by their confidence into \
    \(evaluation.calibration.bins.count) bins. Bars on the dashed line are right as often as they \
    claim; below it the model is too sure of itself. The number of answers is on a logarithmic \
    axis.</p>

    """
  }

  private var mistakes: String {
    get throws {
      guard !report.mistakes.isEmpty else {
        return "<h2>Mistakes</h2>\n<p>There is none.</p>\n"
      }
      let tiles = try report.mistakes.map { mistake in
        let picture = report.data.picture(of: mistake.sample)
        let source = HTMLPicture.inside(bytes: try ImageEncoder.png(picture), format: .png).source
        let words = escape(report.sentence(mistake))
        return """
          <figure><img src="\(source)" alt="\(words)"><figcaption>\(words)<br>\
          <span class="faint">\(Percentage.text(mistake.probability))<br>\
          \(escape(report.name(of: mistake)))</span></figcaption></figure>

          """
      }.joined()
      return """
        <h2>Most confident mistakes</h2>
        <p class="faint">\(report.mistakes.count) of \(evaluation.mistakes.count), as the model \
        sees them, each with the probability of the wrong answer.</p>
        <div class="sheet">
        \(tiles)</div>

        """
    }
  }

  private func name(_ k: Int) -> String { escape(evaluation.classes[k]) }

  private func escape(_ text: String) -> String { HTMLText.escape(text) }

  // MARK: - Frame

  private static let footer =
    "<footer><p class=\"faint\">Written by <code>whylight evaluate</code>.</p></footer>\n"

  private static let style = """
    main, header, footer { max-width: 68rem; }
    .figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(10rem, 1fr));
      gap: .75rem; margin: 1.25rem 0; }
    .figures div { background: var(--sheet); border: 1px solid var(--line); border-radius: 6px;
      padding: .75rem 1rem; display: flex; flex-direction: column; }
    .figures strong { font-size: 1.7rem; line-height: 1.3; font-variant-numeric: tabular-nums; }
    .figures small { color: var(--faint); }
    .beside { display: flex; flex-wrap: wrap; gap: 1.5rem 3rem; align-items: flex-start; }
    .wide { overflow-x: auto; }
    caption { text-align: left; color: var(--faint); padding-bottom: .4rem; }
    .number { text-align: right; }
    .matrix td, .matrix th { padding: .3rem .55rem; border: 0; }
    .matrix td { min-width: 2.6rem; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
    .matrix tbody th { text-align: right; }
    .none { color: var(--line); }
    .chart { margin: 0; background: var(--sheet); border: 1px solid var(--line);
      border-radius: 6px; padding: .5rem; }
    .chart svg { display: block; width: 100%; height: auto; max-width: 60rem; margin: 0 auto; }
    .sheet { display: grid; grid-template-columns: repeat(auto-fill, minmax(8rem, 1fr));
      gap: 1rem .9rem; }
    .sheet figure { margin: 0; break-inside: avoid; }
    .sheet img { display: block; width: 7rem; height: 7rem; object-fit: contain;
      image-rendering: pixelated; background: #000; border-radius: 3px; }
    .sheet figcaption { font-size: .82rem; line-height: 1.35; margin-top: .3rem;
      overflow-wrap: anywhere; }
    footer { padding-top: 1rem; padding-bottom: 2rem; }
    @media print { h2 { break-after: avoid; } table, .chart { break-inside: avoid; } }

    """
}
