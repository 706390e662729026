/// One image's piece of the page: the picture, a view for each method, and the figures.
struct ReportCard {
  let image: ReportImage
  let index: Int

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
    style="--picture:url('\(explained.picture.source)');\
    --ratio:\(explained.width)/\(explained.height)">
    <h3>\(heading(explained))</h3>
    <div class="views">\(views(explained))</div>
    \(pathLine)
    \(rest(explained))</article>

    """
  }

  /// What the script filters and sorts by.
  private func attributes(_ explained: ReportImage.Explained) -> String {
    let best = explained.predictions.first
    let residual = explained.maps.compactMap(relativeResidual).max()
    var state: [String] = []
    if explained.isWrong == true { state.append("wrong") }
    if best.map({ $0.probability < ReportImage.uncertainBelow }) == true {
      state.append("uncertain")
    }
    if explained.maps.contains(where: { $0.layer == nil }) { state.append("flat") }
    var attributes = [
      #"data-path="\#(HTMLText.escape(image.path))""#,
      #"data-class="\#(HTMLText.escape(best?.label ?? ""))""#,
      #"data-confidence="\#(best?.probability ?? 0)""#,
      #"data-state="\#(state.joined(separator: " "))""#,
    ]
    if let residual { attributes.append(#"data-residual="\#(residual)""#) }
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
    return heading
  }

  private func views(_ explained: ReportImage.Explained) -> String {
    let crisp = max(explained.width, explained.height) <= 96 ? " crisp" : ""
    var views = [
      """
      <figure class="view original"><div class="stack\(crisp)" role="img" \
      aria-label="the image"></div><figcaption>image</figcaption></figure>
      """
    ]
    for (number, map) in explained.maps.enumerated() {
      let layer =
        map.layer.map { #"<img class="layer" loading="lazy" alt="" src="\#($0.source)">"# }
        ?? #"<span class="flat">flat: every value is the same</span>"#
      views.append(
        """
        <figure class="view m\(number)"><div class="stack\(crisp)" role="img" \
        aria-label="\(HTMLText.escape(map.name)) over the image">\(layer)</div>\
        <figcaption>\(HTMLText.escape(map.name))
        ±\(ReportFigures.magnitude(map.magnitude))</figcaption></figure>
        """)
    }
    return views.joined()
  }

  private var pathLine: String {
    #"<p class="path faint" title="\#(HTMLText.escape(image.path))">\#(HTMLText.escape(image.path))</p>"#
  }

  private func details(_ explained: ReportImage.Explained) -> String {
    let predictions = explained.predictions.map { prediction in
      """
      <li style="--share:\(100 * prediction.probability)%">\(HTMLText.escape(prediction.label)) \
      <span>\(HTMLText.escape(Percentage.text(prediction.probability)))</span></li>
      """
    }
    return """
      <details><summary>Figures</summary>\
      <ol class="predictions">\(predictions.joined())</ol>\(sums(explained))</details>
      """
  }

  /// What the maps add up to, of those methods that promise something about it.
  private func sums(_ explained: ReportImage.Explained) -> String {
    let rows = explained.maps.compactMap { map in
      map.expected.map { expected in
        """
        <tr><th>\(HTMLText.escape(map.name))</th><td>\(ReportFigures.signed(map.sum))</td>\
        <td>\(ReportFigures.signed(expected))</td>\
        <td>\(map.residual.map(ReportFigures.signed) ?? "–")</td></tr>
        """
      }
    }
    guard !rows.isEmpty else { return "" }
    return """
      <table><tr><th>map of \(HTMLText.escape(explained.target))</th><th>adds up to</th>\
      <th>should</th><th>missing</th></tr>\(rows.joined())</table>
      """
  }

  /// Figures and numbers, unless they stand in a file of their own.
  private func rest(_ explained: ReportImage.Explained) -> String {
    guard explained.valuesFile == nil, let values = explained.values else { return "" }
    return details(explained)
      + #"<script type="application/json">\#(values.json)</script>"#
  }

  /// The script that hands figures and numbers to the page.
  var script: String {
    guard case .explained(let explained) = image.outcome, let values = explained.values else {
      return ""
    }
    let arguments = [
      JSONText.scriptString(image.path), values.json, JSONText.scriptString(details(explained)),
    ]
    return "whylight(\(arguments.joined(separator: ",")));\n"
  }

  /// How much a map misses of what it should add up to, as a share of it.
  private func relativeResidual(_ map: ReportMap) -> Double? {
    guard let residual = map.residual, let expected = map.expected else { return nil }
    return abs(residual) / max(abs(expected), 1e-6)
  }
}
