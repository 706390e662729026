import Foundation
import Rendering
import TestSupport
import Testing

/// The page's scripts, run by a browser where there is one.
struct ReportBrowserTests {
  private static let browser = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  /// Runs `script` in the page; it ends by setting `answer`.
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
            try { \(script) } catch (error) { answer = String(error); }
            document.body.replaceChildren("ANSWER[" + answer + "]");
          });
          </script></body>
          """)
      try writeFile(folder + "/page.html", Array(page.utf8))
      for (path, text) in files { try writeFile(folder + "/" + path, Array(text.utf8)) }
      let outcome = try await runProgram(
        browser,
        [
          "--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir=\(folder)/profile",
          "--window-size=1200,800", "--virtual-time-budget=5000", "--dump-dom",
          "file://\(folder)/page.html",
        ])
      let found = outcome.output.firstMatch(of: /ANSWER\[(.*?)\]/.dotMatchesNewlines())
      return found.map { String($0.1) } ?? "no answer: \(outcome.output.prefix(2000))"
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
      choose("state", "flat"); answer += "; " + visible();
      choose("state", ""); choose("path", "/B/"); answer += "; " + visible();
      choose("path", ""); choose("order", "unsure"); answer += "; " + visible();
      choose("order", "input"); answer += "; " + visible();
      choose("order", "error"); answer += "; " + visible().split(" ").pop();
      choose("class", "rare"); answer += "; " + byId("nothing").hidden;
      """
    #expect(
      try await answer(SampleReport.mixture(), to: script)
        == "0 1 2 3 4 5; 0 2, 2 of 6; 2; 5; 3; 2 3; 1 2 4 0 3 5; 0 1 2 3 4 5; 5; false")
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
      at(4, 9); answer = byId("value").textContent.replace(/\\n/g, "|").replace(/ +/g, " ");
      """
    let expected = (0..<3).map { method in
      SampleReport.wave(seed: 3 + method)[9 * 28 + 4]
    }
    let found = try await answer(SampleReport.mixture(), to: script)
    let numbers = found.split(separator: "|").dropFirst().map { line in
      Float(line.split(separator: " ").last?.replacing("\u{2212}", with: "-") ?? "") ?? .nan
    }
    #expect(found.hasPrefix("row 9, column 4|integrated-gradients "), "\(found)")
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
      one.close();
      await new Promise((done) => setTimeout(done, 50));
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
    "numbers and figures come from a file where there is one",
    .enabled(if: browser != nil, "no Chromium here"))
  func valuesFile() async throws {
    var image = try SampleReport.image(3, path: "a/3 #.png", label: "3", probability: 0.9)
    guard case .explained(var explained) = image.outcome else { return }
    explained.valuesFile = "values/a/3 #.js"
    image.outcome = .explained(explained)
    let found = try await answer(
      [image], files: ["values/a/3 #.js": ReportPage.script(image)],
      to: """
        answer = String(document.querySelector("details") === null);
        byId("image-0").click();
        await new Promise((done) => setTimeout(done, 500));
        answer += "; " + byId("one").querySelector("details td").textContent;
        const stack = byId("one").querySelector(".stack");
        const frame = stack.getBoundingClientRect();
        stack.dispatchEvent(new PointerEvent("pointermove", {
          clientX: frame.left + 1, clientY: frame.top + 1, bubbles: true }));
        answer += "; " + byId("value").textContent.split("\\n")[0];
        """)
    #expect(found == "true; +8.25; row 0, column 0")
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
