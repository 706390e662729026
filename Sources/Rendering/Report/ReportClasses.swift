/// The mean maps: what the model looks at for a class, on average.
struct ReportClasses {
  let report: Report

  var html: String {
    let shown = report.classes.filter { !$0.means.isEmpty }
    guard !shown.isEmpty else { return "" }
    let heads = report.meanViews.map { "<th>\(HTMLText.escape($0))</th>" }.joined()
    let rest =
      shown.count < report.classes.count
      ? " Of \(report.classes.count) classes, the \(shown.count) most frequent." : ""
    let others =
      report.meanViews.count < report.views.count
      ? " Only of maps of each image's likeliest class: the others explain one class on this image "
        + "and another on that."
      : ""
    return """
      <h2 id="classes">Means by class</h2>
      <p class="faint">The mean of the maps of all images that the model gave the class, each image
      counted once, on the grid of the model's input.\(others)\(rest)</p>
      <div class="wide"><table class="means"><tr><th>predicted</th><th>images</th>\(heads)</tr>
      \(shown.map(row).joined(separator: "\n"))
      </table></div>
      """
  }

  private func caption(_ mean: ReportMean) -> String {
    mean.magnitude > 0 ? ReportFigures.range(mean.magnitude, mean.signs) : "zero in every pixel"
  }

  private func row(_ group: ReportClass) -> String {
    let cells = group.means.map { mean in
      mean.map { mean in
        """
        <td><img alt="mean map" loading="lazy" src="\(mean.picture.source)">
        <span class="faint">\(caption(mean))</span></td>
        """
      } ?? "<td>–</td>"
    }
    return "<tr><th>\(HTMLText.escape(group.label))</th><td>\(group.count)</td>"
      + "\(cells.joined())</tr>"
  }
}
