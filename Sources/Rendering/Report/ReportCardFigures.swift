/// The figures of one image: what the model says, and what its maps add up to.
struct ReportCardFigures {
  private let explained: ReportImage.Explained

  init(_ explained: ReportImage.Explained) { self.explained = explained }

  var html: String {
    let predictions = explained.predictions.map { prediction in
      """
      <li style="--share:\(100 * prediction.probability)%">\(HTMLText.escape(prediction.label)) \
      <span>\(HTMLText.escape(Percentage.text(prediction.probability)))</span></li>
      """
    }
    return """
      <details><summary>Figures</summary>\
      <ol class="predictions">\(predictions.joined())</ol>\(sums)</details>
      """
  }

  /// What the maps add up to, of those methods that promise something about it.
  private var sums: String {
    let maps = explained.maps.filter { $0.expected != nil }
    guard !maps.isEmpty else { return "" }
    let estimates = maps.contains { $0.estimatedError != nil }
    let isOfSeveral = maps.contains { $0.target != nil }
    let head = isOfSeveral ? "map" : "map of " + explained.target
    let rows = maps.map { map in
      var cells = [
        ReportFigures.signed(map.sum), map.expected.map(ReportFigures.signed) ?? "–",
        map.missing.map(ReportFigures.missing) ?? "–",
      ]
      if estimates { cells.append(map.estimatedError.map(Percentage.text) ?? "–") }
      let name = [map.name, map.target].compactMap { $0 }.joined(separator: ", ")
      return "<tr><th>\(HTMLText.escape(name))</th>"
        + cells.map { "<td>\(HTMLText.escape($0))</td>" }.joined() + "</tr>"
    }
    return """
      <table><tr><th>\(HTMLText.escape(head))</th><th>adds up to</th>\
      <th>should</th><th>missing</th>\(estimates ? "<th>estimated error</th>" : "")</tr>\
      \(rows.joined())</table>
      """
  }
}
