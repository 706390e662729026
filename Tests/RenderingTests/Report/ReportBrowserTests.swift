import Foundation
import Rendering
import TestSupport
import Testing

/// The page's scripts, run by a browser where there is one.
@Suite(.serialized)
struct ReportBrowserTests {
  private static let browser = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  /// Runs `script` in the page; it ends by setting `answer`.
  ///
  /// The page prints the answer and closes its window, with which the browser ends. Its clock is the
  /// world's: by Chromium's virtual time a wait of a second is over before a busy machine has run a
  /// script that lies beside the page.
  ///
  /// - Parameter files: what lies beside the page, by path.
  private func answer(
    _ images: [ReportImage], files: [String: String] = [:], to script: String
  ) async throws -> String {
    let browser = try #require(Self.browser)
    return try await withTemporaryFolder { folder in
      let page = try SampleReport.page(images).replacing(
        "</body>",
        with: """
          <script>
          window.addEventListener("load", async () => {
            let answer = "";
            const byId = (id) => document.getElementById(id);
            const choose = (id, value) => {
              byId(id).value = value;
              byId(id).dispatchEvent(new Event("input", { bubbles: true }));
            };
            const visible = () => [...document.querySelectorAll("#cards .card")]
              .map((card) => card.id.slice(6)).join(" ");
            const key = (target, name) => target.dispatchEvent(
              new KeyboardEvent("keydown", { key: name, bubbles: true }));
            const until = async (holds) => {
              while (!holds()) await new Promise((done) => setTimeout(done, 10));
            };
            try { \(script) } catch (error) { answer = String(error); }
            console.log("ANSWER[" + answer + "]");
            window.close();
          });
          </script></body>
          """)
      try writeFile(folder + "/page.html", Array(page.utf8))
      for (path, text) in files { try writeFile(folder + "/" + path, Array(text.utf8)) }
      let outcome = try await runProgram(
        "/usr/bin/timeout",
        [
          "120", browser, "--headless", "--no-sandbox", "--disable-gpu",
          "--user-data-dir=\(folder)/profile", "--window-size=1200,800",
          "--enable-logging=stderr", "file://\(folder)/page.html",
        ])
      let found = outcome.messages.firstMatch(of: /ANSWER\[(.*?)\]/.dotMatchesNewlines())
      return found.map { String($0.1) } ?? "no answer: \(outcome.messages.suffix(2000))"
    }
  }

  @Test(
    "filters and orders show what they say",
    .enabled(if: browser != nil, "no Chromium here"))
  func filters() async throws {
    let script = """
      answer += visible();
      choose("class", "3"); answer += "; " + visible() + ", " + byId("count").textContent;
      choose("state", "wrong"); answer += "; " + visible();
      choose("class", ""); choose("state", "failed"); answer += "; " + visible();
      choose("state", "unlike"); answer += "; " + visible();
      choose("state", "flat"); answer += "; " + visible();
      choose("state", ""); choose("path", "/B/"); answer += "; " + visible();
      choose("path", ""); choose("order", "unsure"); answer += "; " + visible();
      choose("order", "input"); answer += "; " + visible();
      choose("order", "error"); answer += "; " + visible().split(" ").pop();
      choose("class", "rare"); answer += "; " + byId("nothing").hidden;
      """
    #expect(
      try await answer(SampleReport.mixture(), to: script)
        == "0 1 2 3 4 5; 0 2, 2 of 6; 2; 5; 4; 3; 2 3; 1 2 4 0 3 5; 0 1 2 3 4 5; 5; false")
  }

  @Test(
    "the value under the pointer is the map's", .enabled(if: browser != nil, "no Chromium here"))
  func pointer() async throws {
    let script = """
      const stack = document.querySelector("#image-0 .stack");
      const frame = stack.getBoundingClientRect();
      const at = (column, row) => stack.dispatchEvent(new PointerEvent("pointermove", {
        clientX: frame.left + (column + 0.5) / 28 * frame.width,
        clientY: frame.top + (row + 0.5) / 28 * frame.height, bubbles: true }));
      at(4, 9);
      answer = [byId("value").querySelector("p").textContent]
        .concat([...byId("value").querySelectorAll("tr")].map((row) =>
          row.cells[0].textContent + " " + row.cells[1].textContent)).join("|");
      """
    let expected = (0..<3).map { method in
      SampleReport.wave(seed: 3 + method)[9 * 28 + 4]
    }
    let found = try await answer(SampleReport.mixture(), to: script)
    let numbers = found.split(separator: "|").dropFirst().map { line in
      Float(line.split(separator: " ").last?.replacing("\u{2212}", with: "-") ?? "") ?? .nan
    }
    #expect(
      found.hasPrefix("row 9, column 4 of the model's 28 x 28 pixels|integrated-gradients "),
      "\(found)")
    #expect(numbers.count == 3 && zip(numbers, expected).allSatisfy { abs($0 - $1) < 1e-3 })
  }

  @Test(
    "keys open an image, walk on, switch the method",
    .enabled(if: browser != nil, "no Chromium here"))
  func keyboard() async throws {
    let script = """
      byId("image-1").focus(); key(document.activeElement, "ArrowRight");
      answer += document.activeElement.id;
      key(document.activeElement, "Enter");
      const one = byId("one");
      answer += "; " + one.open + " " + one.querySelector(".card").dataset.of
        + " " + one.querySelectorAll(".view").length;
      key(one, "ArrowRight"); answer += "; " + one.querySelector(".card").dataset.of;
      const closed = new Promise((done) => one.addEventListener("close", done));
      one.close();
      await closed;
      answer += "; " + document.activeElement.id;
      const seen = () => [...document.querySelectorAll("#image-0 .view")]
        .filter((view) => getComputedStyle(view).display !== "none").length;
      answer += "; " + seen(); key(document.body, "2"); answer += " " + seen();
      key(document.body, "-");
      answer += "; " + document.documentElement.style.getPropertyValue("--layer");
      """
    #expect(
      try await answer(SampleReport.mixture(), to: script)
        == "image-2; true image-2 4; image-3; image-3; 4 1; 0.8")
  }

  @Test(
    "the first key goes to the first image in the window, but not out of a control",
    .enabled(if: browser != nil, "no Chromium here"),
    arguments: [
      ("key(document.body, 'j')", "image-0"), ("key(document.body, 'ArrowLeft')", "image-0"),
      ("key(document, 'k')", "image-0"), ("key(document.body, 'Enter')", "image-0 enlarged"),
      (
        "scrollBy(0, document.querySelector('#image-24').getBoundingClientRect().top - 150); "
          + "key(document.body, 'j')", "image-24"
      ),
      ("choose('state', 'flat'); key(document.body, 'j')", "image-3"),
      ("byId('path').focus(); key(byId('path'), 'j')", "path"),
      ("byId('show-0').focus(); key(byId('show-0'), 'ArrowRight')", "show-0"),
      ("byId('show-0').focus(); key(byId('show-0'), 'j')", "image-0"),
    ])
  func firstKey(press: String, place: String) async throws {
    let images = try (0..<30).map {
      try SampleReport.image(
        $0, path: "\($0)", label: "1", probability: 0.9, without: $0 == 3 ? .flat : nil)
    }
    let found = try await answer(
      images,
      to: """
        \(press);
        answer = byId("one").open
          ? byId("one").querySelector(".card").dataset.of + " enlarged" : document.activeElement.id;
        """)
    #expect(found == place)
  }

  @Test(
    "one image large begins with its heading; a button that walks on keeps the focus",
    .enabled(if: browser != nil, "no Chromium here"))
  func largeFocus() async throws {
    let script = """
      byId("image-4").click();
      answer = document.activeElement.tagName + " " + document.activeElement.textContent;
      key(document.activeElement, "k");
      answer += "; " + document.activeElement.tagName + " " + document.activeElement.firstChild.data;
      const previous = byId("one").querySelector("button");
      previous.focus(); previous.click();
      answer += "; " + (document.activeElement === previous)
        + " " + byId("one").querySelector(".card").dataset.of;
      """
    #expect(
      try await answer(SampleReport.mixture(), to: script)
        == "H3 7 97.00 % unlike the training data; H3 5 ; true image-2")
  }

  @Test(
    "names of any length stay within their card", .enabled(if: browser != nil, "no Chromium here"))
  func longNames() async throws {
    let long = String(repeating: "longlabel", count: 20)
    let image = try SampleReport.image(3, path: long, label: long, probability: 0.9, truth: "4")
      .changed {
        $0.truth = long + "other"
        $0.target = long + "target"
        $0.maps[0].target = "2nd likeliest: " + long
      }
    let found = try await answer(
      [image],
      to: """
        document.querySelector(".card details").open = true;
        const parts = "h3, .chip, figcaption, .predictions li";
        answer = [...byId("image-0").querySelectorAll(parts)].filter((part) => {
          const [inner, outer] = [part, part.closest("figure, .card")].map((element) =>
            element.getBoundingClientRect());
          return part.scrollWidth > Math.ceil(inner.width) || inner.right > outer.right;
        }).map((part) => part.tagName).join(" ") + "; " + byId("image-0").offsetWidth;
        """)
    #expect(found == "; 576")
  }

  @Test(
    "numbers come from a file where there is one, and figures when somebody wants them",
    .enabled(if: browser != nil, "no Chromium here"))
  func valuesFile() async throws {
    var script = ""
    let image = try SampleReport.image(3, path: "a/3 #.png", label: "3", probability: 0.9)
      .changed {
        script = $0.values.map { ReportPage.script($0, path: "a/3 #.png") } ?? ""
        $0.valuesFile = "values/a/3 #.js"
      }
    let found = try await answer(
      Array(repeating: image, count: 300), files: ["values/a/3 #.js": script],
      to: """
        const hasFigures = (number) => byId("image-" + number).querySelector("details") !== null;
        byId("image-23").querySelector(".unfold").click();
        answer = [0, 23, 299].map(hasFigures).join(" ");
        answer += " " + document.activeElement.textContent + " " + byId("one").open;
        byId("image-299").click();
        answer += "; " + hasFigures(299) + " " + byId("one").open;
        answer += "; " + byId("one").querySelector("details td").textContent;
        const stack = byId("one").querySelector(".stack");
        const frame = stack.getBoundingClientRect();
        stack.dispatchEvent(new PointerEvent("pointermove", {
          clientX: frame.left + 1, clientY: frame.top + 1, bubbles: true }));
        // The file may not have been read yet: the pointer waits for it without another move.
        answer += "; " + byId("value").hidden;
        await until(() => !byId("value").hidden);
        answer += "; " + byId("value").querySelector("p").textContent;
        """)
    let parts = found.split(separator: "; ")
    #expect(parts[0] == "false true false Figures false")
    #expect(
      parts[1...] == [
        "true true", "+8.25", "true", "row 0, column 0 of the model's 28 x 28 pixels",
      ])
  }

  @Test("in a long page each card stands once, in whole sections")
  func sections() throws {
    let images = (0..<58).map {
      ReportImage(path: "\($0)", outcome: .failed(reason: "unreadable"))
    }
    let page = try SampleReport.page(images)
    let sections = page.split(separator: "<section>").dropFirst().map { section in
      section.matches(of: /<article/).count
    }
    #expect(sections == [24, 24, 10])
  }
}
