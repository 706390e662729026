/// The mean maps: what the model looks at for a class, on average.
struct ReportClasses {
  let report: Report

  var html: String {
    guard !report.classes.isEmpty else { return "" }
    let heads = report.methods.map { "<th>\(HTMLText.escape($0.name))</th>" }.joined()
    return """
      <h2 id="classes">Means by class</h2>
      <p class="faint">The mean of the maps of all images that the model gave the class, each image
      counted once, on the grid of the model's input.</p>
      <table class="means"><tr><th>predicted</th><th>images</th>\(heads)</tr>
      \(report.classes.map(row).joined(separator: "\n"))
      </table>
      """
  }

  private func row(_ group: ReportClass) -> String {
    let cells = group.means.map { mean in
      mean.map { mean in
        """
        <td><img alt="mean map" loading="lazy" src="\(mean.picture.source)">
        <span class="faint">±\(ReportFigures.magnitude(mean.magnitude))</span></td>
        """
      } ?? "<td>–</td>"
    }
    return "<tr><th>\(HTMLText.escape(group.label))</th><td>\(group.count)</td>"
      + "\(cells.joined())</tr>"
  }
}
