/// The page about a run: one file that opens from disk, is complete without scripts, and can be
/// printed.
///
/// It is written in three parts, so that a run of any length needs room for one image at a time:
/// ``opening``, a ``card(_:index:)`` for each image, ``closing``. Scripts only add: filters, order,
/// blending, the value under the pointer, one image large.
///
/// Cards stand in sections of ``cardsInSection``, which browsers lay out and paint only when they
/// come near the window: so ten thousand images scroll like a few.
public struct ReportPage: Sendable {
  public let report: Report
  private let document: HTMLDocument

  public init(_ report: Report) {
    self.report = report
    document = HTMLDocument(
      title: report.title,
      style: ReportStyle.rules + ReportStyle.choices(views: report.views.count))
  }

  /// Everything before the first image.
  public var opening: String {
    document.opening + """
      <noscript><style>.scripted { display: none !important; }</style></noscript>
      <header>
      <h1>\(HTMLText.escape(report.title))</h1>
      <p>\(HTMLText.escape(report.subtitle))\(folder)</p>
      <p class="faint">\(tally) <span class="jumps"><a href="#methods">How to read the maps</a> ·
      <a href="#classes">Means by class</a> · <a href="#run">Settings of the run</a></span></p>
      <p class="scripted faint keys">A click enlarges an image. Keys: <kbd>j</kbd> <kbd>k</kbd> or
      <kbd>→</kbd> <kbd>←</kbd> from image to image, <kbd>Enter</kbd> enlarges, <kbd>0</kbd> shows all
      maps, <kbd>1</kbd>–<kbd>9</kbd> one of them, <kbd>+</kbd> <kbd>−</kbd> more or less of it.</p>
      \(limits)</header>
      <form class="bar" autocomplete="off"><div>
      \(ReportControls(report: report).html)
      </div></form>
      <main>
      <div id="cards"><section>

      """
  }

  /// Pictures in files beside the page are backgrounds, which browsers fetch too late for printing,
  /// or images, which take twice as long to open: more than so many nobody prints.
  private static let mostPrinted = 2000
  private var isPrinted: Bool { report.counts.explained <= Self.mostPrinted }

  /// Divisible by 1, 2, 3, 4 and 6, so that sections end with a full row in most windows; few enough
  /// to be laid out within a frame or two.
  static let cardsInSection = 24

  /// The piece for the image at `index`, counted from 0.
  public func card(_ image: ReportImage, index: Int) -> String {
    let card = ReportCard(
      image: image, index: index, commonFolder: report.commonFolder, isPrinted: isPrinted
    ).html
    return index > 0 && index % Self.cardsInSection == 0 ? "</section><section>\n" + card : card
  }

  /// What belongs into an image's ``ReportImage/Explained/valuesFile``: it hands the numbers to the
  /// page.
  public static func script(_ values: MapValues, path: String) -> String {
    "whylight(\(JSONText.scriptString(path)),\(values.json));\n"
  }

  /// Everything after the last image.
  public var closing: String {
    """
    </section></div>
    <p id="nothing" class="scripted faint" hidden>No image fits these filters.</p>
    \(ReportClasses(report: report).html)
    <h2 id="methods">How to read the maps</h2>
    \(report.methods.map(explanation).joined())
    <h2 id="run">Settings of the run</h2>
    <div class="wide"><table class="facts">\(facts)</table></div>
    </main>
    <footer><p class="faint">Made by Whylight. A map shows what moved this model's score on this
    image. It does not show that the model is right, nor what it would do elsewhere.</p></footer>
    <dialog id="one" class="scripted" aria-labelledby="one-heading"></dialog>
    <div id="value" class="scripted" hidden></div>
    <script>
    \(ReportScript.text)
    </script>

    """ + document.closing
  }

  private var limits: String {
    isPrinted
      ? ""
      : "<p class=\"printed\">More than \(Self.mostPrinted) images are printed without the pictures "
        + "under their maps. Make a page of fewer images to print them.</p>"
  }

  private var folder: String {
    report.commonFolder.isEmpty
      ? "" : " in <code>\(HTMLText.escape(report.commonFolder))</code>"
  }

  private var tally: String {
    let counts = report.counts
    var parts = ["\(counts.explained) explained."]
    if let wrong = counts.wrong { parts.append("\(wrong) wrong.") }
    parts.append(
      "\(counts.uncertain) uncertain (below \(Int(100 * ReportImage.uncertainBelow)) %).")
    if counts.unlikeTraining > 0 {
      parts.append("\(counts.unlikeTraining) unlike the training data.")
    }
    if counts.failed > 0 { parts.append("\(counts.failed) failed.") }
    return parts.joined(separator: " ")
  }

  private func explanation(_ method: ReportMethod) -> String {
    """
    <section class="method"><h3>\(HTMLText.escape(method.name))
    <code class="faint">\(HTMLText.escape(method.settings))</code></h3>
    <p>\(HTMLText.escape(method.summary))</p>
    \(method.colorBars.map(\.html).joined(separator: "\n"))
    <p>\(HTMLText.escape(method.scale))</p>
    <p><b>How to read it.</b> \(HTMLText.escape(method.reading))</p>
    <p><b>What it does not say.</b> \(HTMLText.escape(method.caution))</p>
    <p class="faint">\(HTMLText.escape(method.reference))</p></section>

    """
  }

  private var facts: String {
    report.facts.map { fact in
      "<tr><th>\(HTMLText.escape(fact.name))</th><td>\(HTMLText.escape(fact.value))</td></tr>"
    }.joined(separator: "\n")
  }
}
