import Rendering
import Testing

struct ReportPageTests {
  @Test("everything can be read without scripts: predictions, sums, reasons, methods, settings")
  func complete() throws {
    let page = try SampleReport.page(SampleReport.mixture())
    let plain = page.replacing(/<script[^>]*>.*?<\/script>/.dotMatchesNewlines(), with: "")
    for text in [
      "99.80 %", "61.00 %", "is 4", "+8.25", "+8.50", "<td>0.250</td>", "0.70 %", "±0.500",
      "0 to 0.500",
      "The file is cut off &amp;",
      "5 explained. 1 wrong. 1 uncertain (below 80 %). 1 unlike the training data. "
        + "1 failed.", "How to read it.",
      "What it does not say.", "Somebody 2017", "steps=50, baseline=black", "speaks against",
      "flat: every value is the same", "Means by class",
    ] {
      #expect(plain.contains(text), "\(text)")
    }
  }

  @Test(
    "what has no colours says why; only what is flat is called flat",
    arguments: [
      (WithoutColors.flat, "flat: every value is the same", true),
      (.nothingCertain, "nothing certain: every part", false),
      (.zero, "nothing to draw: zero in every pixel", false),
    ])
  func withoutColors(reason: WithoutColors, words: String, isFlat: Bool) throws {
    let page = try SampleReport.page([
      SampleReport.image(1, path: "x", label: "1", probability: 0.9, without: reason)
    ])
    #expect(page.ranges(of: words).count == SampleReport.methods.count)
    #expect(page.contains(#"data-state="flat""#) == isFlat)
    #expect(page.contains("flat: every") == isFlat && !page.contains("±0<"))
  }

  @Test("an image unlike the training data is marked; without one nothing speaks of them")
  func unlikeTraining() throws {
    let words = "unlike the training data"
    let marked = try SampleReport.image(
      1, path: "x", label: "1", probability: 0.9999, isUnlikeTraining: true)
    let page = try SampleReport.page([marked])
    #expect(
      page.contains(/<h3>1 .*class="chip unlike"[^>]*>unlike the training data<\/span><\/h3>/))
    #expect(page.contains("0 uncertain (below 80 %). 1 \(words)."))
    #expect(page.contains(#"<option value="unlike">\#(words)</option>"#))
    let others = try SampleReport.mixture().filter { !$0.path.contains("script") }
    #expect(try !SampleReport.page(others).contains(words))
  }

  @Test("maps whose means say nothing have no column, and the page says so", arguments: [1, 3])
  func meanColumns(count: Int) throws {
    var report = try SampleReport.report(images: [])
    report.meanViews = Array(report.views.prefix(count))
    let page = ReportPage(report).closing
    let head = page.firstMatch(of: /<th>predicted<\/th><th>images<\/th>(.*)<\/tr>/)
    #expect(head?.1.split(separator: "</th>").count == count)
    #expect(page.contains("Only of maps of each image's likeliest class") == (count < 3))
  }

  @Test("a class without a mean can be chosen, and stands in no table")
  func rareClass() throws {
    let page = try SampleReport.page(SampleReport.mixture())
    #expect(page.contains(#"<option value="rare">rare (1)</option>"#))
    #expect(page.contains("Of 3 classes, the 2 most frequent."))
    #expect(!page.contains("<th>rare</th>"))
  }

  @Test("paths are shown below the folder of all, with the end of the name in a piece of its own")
  func paths() throws {
    let name = "b/a-name-that-is-long-0004.png"
    let page = try SampleReport.page([
      SampleReport.image(1, path: "all/" + name, label: "1", probability: 0.9)
    ])
    #expect(page.contains("in <code>all/</code>"))
    #expect(
      page.contains(
        #"title="all/\#(name)"><span>\#(name.dropLast(14))</span><span>\#(name.suffix(14))</span>"#)
    )
  }

  @Test("colours without signs are said to be such", arguments: [ShownSigns.hidden, .none, .both])
  func signs(signs: ShownSigns) throws {
    var report = try SampleReport.report(images: [])
    report.methods = [report.methods[0]]
    report.methods[0].colorBars = [ColorBar(signs == .both ? .redBlue : .dusk, signs)]
    let text = ReportPage(report).closing
    #expect(text.contains("do not show the sign") == (signs == .hidden))
    #expect(text.contains("speaks against") == (signs == .both))
    #expect(text.contains("matters most") == (signs == .none))
  }

  @Test("pictures beside the page are printed, unless they are too many", arguments: [2000, 2001])
  func printing(count: Int) throws {
    let image = try SampleReport.image(1, path: "1.png", label: "1", probability: 0.9)
      .changed {
        $0.picture = .file(path: "beside/1.png")
        $0.valuesFile = "beside/1.js"
      }
    var report = try SampleReport.report(images: [])
    report.counts.explained = count
    let page = ReportPage(report)
    let card = page.card(image, index: 0)
    #expect(card.split(separator: "class=\"under\"").count == (count > 2000 ? 1 : 5))
    #expect(card.contains("--picture:url('beside/1.png')") == (count > 2000))
    #expect(page.opening.contains("printed without the pictures") == (count > 2000))
    // Figures are there for readers without scripts.
    #expect(card.contains("<noscript><details>") && card.contains("+8.25"))
    #expect(card.contains(#"<button class="scripted unfold">Figures</button>"#))
  }

  @Test("a share of any number is written", arguments: [Double.nan, .infinity, 1e300, -1e300])
  func strangeShares(share: Double) throws {
    let page = try SampleReport.page([
      SampleReport.image(1, path: "x", label: "1", probability: share)
    ])
    #expect(page.contains(share.isFinite ? "\(100 * share) %" : "not a number"))
  }

  @Test(
    "what a sum has too much is not called missing",
    arguments: [(8.25, "0.250"), (8.75, "0.250 too much"), (8.5, "0"), (.nan, "not a number")])
  func missing(sum: Double, text: String) throws {
    let image = try SampleReport.image(1, path: "x", label: "1", probability: 0.9)
      .changed { $0.maps[1].sum = sum }
    #expect(try SampleReport.page([image]).contains("<td>+8.50</td><td>\(text)</td>"))
  }

  @Test("names of files and classes never become markup")
  func hostileNames() throws {
    let page = try SampleReport.page(SampleReport.mixture())
    #expect(!page.contains("<script>alert"))
    #expect(!page.contains("<8>"))
    #expect(page.contains("data-class=\"&lt;8&gt;\""))
  }

  @Test("a page needs nothing from anywhere: every address is inside it")
  func selfContained() throws {
    let page = try SampleReport.page(SampleReport.mixture())
    let addresses = page.matches(of: /(?:src|href)="([^"]*)"|url\('([^']*)'\)/).map {
      String($0.1 ?? $0.2 ?? "")
    }
    #expect(addresses.count > 10)
    #expect(addresses.allSatisfy { $0.hasPrefix("data:image/") || $0.hasPrefix("#") })
  }

  @Test(
    "figures keep three digits and their sign",
    arguments: [
      (0.0, "0"), (8.25, "+8.25"), (-0.25, "\u{2212}0.250"), (123.456, "+123"),
      (-98765.4, "\u{2212}98765"), (1_234_567, "+1.23e6"), (0.00001234, "+1.23e\u{2212}5"),
      (0.00049996, "+0.000500"), (.nan, "not a number"), (.infinity, "not a number"),
    ])
  func figures(value: Double, text: String) throws {
    let image = try SampleReport.image(1, path: "x", label: "1", probability: 0.9)
      .changed { $0.maps[0].sum = value }
    #expect(try SampleReport.page([image]).contains("<td>\(text)</td>"))
  }
}
