import Imaging
import TestSupport
import Testing

@testable import Rendering

@Suite("Charts")
struct ChartTests {
  private func chart(_ points: [ChartPoint], title: String = "A chart") -> Chart {
    Chart(
      title: title,
      panels: [
        ChartPanel(
          title: "Loss", horizontal: .counting("epoch", 1...5),
          vertical: .linear("loss", over: [0, 1]),
          marks: [
            ChartMark("training", ink: .second, .line(points, isDashed: false)),
            ChartMark(ink: .first, .bars([ChartBar(2...3, height: 0.5)])),
            ChartMark(ink: .first, .whiskers([ChartWhisker(4, 0.2...0.6)])),
          ])
      ])
  }

  private let points = [ChartPoint(1, 0), ChartPoint(3, 1), ChartPoint(5, 0)]

  /// The points of each element of a kind in an SVG text, by an attribute that only it has.
  private func attributes(_ svg: String, _ name: String) -> [String] {
    svg.components(after: " \(name)=\"")
  }

  @Test("the SVG has the line where the axes put it, and the bar and the whisker")
  func drawsText() throws {
    let svg = chart(points).svg()
    let lines = attributes(svg, "points")
    // The field reaches from 64 to 418 across and from 64 down to 248.
    #expect(lines.contains("64,248 241,64 418,248"))
    #expect(lines.contains("153.25,156 240.25,156 240.25,248 153.25,248"))
    #expect(lines.contains("329.5,211.2 329.5,137.6"))
    #expect(svg.contains(">training</text>") && svg.contains(">epoch</text>"))
    #expect(svg.contains("<title>A chart</title>"))
  }

  @Test("the picture has the same line in the same places")
  func drawsPixels() throws {
    let image = chart(points).image(scale: 2)
    #expect((image.width, image.height) == (880, 600))
    let samples = try image.eightBitSamples()
    func color(_ x: Int, _ y: Int) -> Color {
      let place = 3 * (y * 880 + x)
      return Color(red: samples[place], green: samples[place + 1], blue: samples[place + 2])
    }
    // The peak, half way up, and beside the line.
    #expect(color(482, 128) == ChartInk.second.color)
    #expect(color(305, 312) == ChartInk.second.color)
    #expect(color(305, 250) == .white)
  }

  @Test("a line breaks where a number is missing, and a single point is a dot")
  func breaks() {
    let broken = chart([
      ChartPoint(1, 0), ChartPoint(2, 1), ChartPoint(3, .nan), ChartPoint(4, .infinity),
      ChartPoint(5, 1),
    ]).svg()
    #expect(attributes(broken, "points").contains("64,248 152.5,64"))
    #expect(attributes(broken, "cx") == ["64", "152.5", "418"])
    #expect(!broken.contains("nan") && !broken.contains("inf"))
  }

  @Test("what names say cannot become markup")
  func escapes() {
    let svg = chart(points, title: "<script>\"&").svg()
    #expect(svg.contains("<title>&lt;script&gt;&quot;&amp;</title>"))
  }

  @Test("in a page the colours are the page's, in a file they are the chart's own")
  func coloursFollowThePlace() {
    let page = chart(points).svg(.page)
    #expect(page.contains("stroke:var(--warn)") && !page.contains("stroke=\"#"))
    let file = chart(points).svg(.file)
    #expect(file.contains("stroke=\"#c85a11\"") && !file.contains("var("))
  }
}

extension String {
  /// What stands between each occurrence of a mark and the next quote.
  fileprivate func components(after mark: String) -> [String] {
    var found: [String] = []
    var rest = self[...]
    while let place = rest.firstRange(of: mark) {
      rest = rest[place.upperBound...]
      found.append(String(rest.prefix { $0 != "\"" }))
    }
    return found
  }
}
