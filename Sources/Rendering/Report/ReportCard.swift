/// One image's piece of the page: the picture, a view for each map, and the figures.
struct ReportCard {
  let image: ReportImage
  let index: Int
  let commonFolder: String

  /// Whether pictures beside the page have to be there when it is printed.
  let isPrinted: Bool

  var html: String {
    switch image.outcome {
    case .failed(let reason): failed(reason)
    case .explained(let explained): card(explained)
    }
  }

  private func failed(_ reason: String) -> String {
    """
    <article class="card failed" id="image-\(index)" tabindex="0" \
    data-path="\(HTMLText.escape(image.path))" data-state="failed">
    <h3>Failed</h3><p>\(HTMLText.escape(reason))</p>\(pathLine)
    </article>

    """
  }

  private func card(_ explained: ReportImage.Explained) -> String {
    """
    <article class="card" id="image-\(index)" tabindex="0" \(attributes(explained)) \
    style="\(style(explained))">
    <h3>\(heading(explained))</h3>
    <div class="views">\(ReportViews(explained, isPrinted: isPrinted).html)</div>
    \(pathLine)
    \(rest(explained))</article>

    """
  }

  /// As a background, a picture stands in the page once, whatever number of views show it.
  private func style(_ explained: ReportImage.Explained) -> String {
    let ratio = "--ratio:\(explained.width)/\(explained.height)"
    if case .file = explained.picture, isPrinted { return ratio }
    return "--picture:url('\(explained.picture.source)');" + ratio
  }

  /// What the script filters and sorts by.
  private func attributes(_ explained: ReportImage.Explained) -> String {
    let best = explained.predictions.first
    var state: [String] = []
    if explained.isWrong == true { state.append("wrong") }
    if best.map({ $0.probability < ReportImage.uncertainBelow }) == true {
      state.append("uncertain")
    }
    if explained.isUnlikeTraining { state.append("unlike") }
    if explained.maps.contains(where: { $0.reach == .nowhere(.flat) }) { state.append("flat") }
    var attributes = [
      #"data-path="\#(HTMLText.escape(image.path))""#,
      #"data-class="\#(HTMLText.escape(best?.label ?? ""))""#,
      #"data-confidence="\#(best?.probability ?? 0)""#,
      #"data-state="\#(state.joined(separator: " "))""#,
    ]
    if let error = explained.maps.compactMap(\.relativeError).max() {
      attributes.append(#"data-error="\#(error)""#)
    }
    if let path = explained.valuesFile {
      attributes.append(#"data-values="\#(HTMLPicture.file(path: path).source)""#)
    }
    return attributes.joined(separator: " ")
  }

  private func heading(_ explained: ReportImage.Explained) -> String {
    guard let best = explained.predictions.first else { return "No prediction" }
    var heading =
      "\(HTMLText.escape(best.label)) <span class=\"faint\">"
      + "\(HTMLText.escape(Percentage.text(best.probability)))</span>"
    if best.label != explained.target {
      heading += " <span class=\"chip\">explained: \(HTMLText.escape(explained.target))</span>"
    }
    if let truth = explained.truth, truth != best.label {
      heading += " <span class=\"chip wrong\">is \(HTMLText.escape(truth))</span>"
    }
    if explained.isUnlikeTraining {
      heading +=
        " <span class=\"chip unlike\" title=\"It looks different from the pictures that the model "
        + "learned from, or no class stands out.\">unlike the training data</span>"
    }
    return heading
  }

  /// The path below the folder of all. Where there is no room for it, its middle is left out: what
  /// tells files apart is mostly at the end of their names.
  private var pathLine: String {
    let path = image.path.utf8
    let folder = path.starts(with: commonFolder.utf8) ? commonFolder.utf8.count : 0
    let shown = Substring(path.dropFirst(folder < path.count ? folder : 0))
    let end = shown.suffix(Self.keptEnd)
    return """
      <p class="path faint" title="\(HTMLText.escape(image.path))">\
      <span>\(HTMLText.escape(String(shown.dropLast(end.count))))</span>\
      <span>\(HTMLText.escape(String(end)))</span></p>
      """
  }

  /// How many characters at the end of a path are always seen: as many as have room in the
  /// narrowest card.
  private static let keptEnd = 14

  /// Figures and numbers. Where the numbers are in a file of their own, pages are long: there the
  /// figures are text to a browser with scripts, which costs nothing, until somebody wants them.
  private func rest(_ explained: ReportImage.Explained) -> String {
    let figures = ReportCardFigures(explained).html
    guard explained.valuesFile == nil else {
      return #"<button class="scripted unfold">Figures</button><noscript>\#(figures)</noscript>"#
    }
    guard let values = explained.values else { return figures }
    return figures + #"<script type="application/json">\#(values.json)</script>"#
  }
}
