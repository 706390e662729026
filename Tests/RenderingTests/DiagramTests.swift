import Rendering
import TestSupport
import Testing

@Suite struct DiagramTests {
  private func diagram(_ count: Int, _ arrows: [(Int, Int)]) -> Diagram {
    Diagram(
      title: "a <net>", subtitle: "of \(count)",
      boxes: (0..<count).map { Diagram.Box(.convolution, title: "box \($0)", shape: "1x2x3") },
      arrows: arrows.map { Diagram.Arrow(from: $0.0, to: $0.1) })
  }

  /// The left, top and width of each box's frame, in order of appearance.
  private func frames(_ svg: String) -> [(left: Double, top: Double, width: Double)] {
    svg.split(separator: "<rect class=\"box\"").dropFirst().map { part in
      func number(_ name: String) -> Double {
        let rest = part.drop { $0 != " " }
        guard let range = rest.firstRange(of: " \(name)=\"") else { return .nan }
        return Double(rest[range.upperBound...].prefix { $0 != "\"" }) ?? .nan
      }
      return (number("x"), number("y"), number("width"))
    }
  }

  @Test func boxesOfARankStandBesideEachOtherWithoutOverlap() {
    // Four branches that meet again, and a line around them.
    let svg = diagram(
      7, [(0, 1), (0, 2), (0, 3), (0, 4), (1, 5), (2, 5), (3, 5), (4, 5), (0, 6), (5, 6)]
    )
    .svg
    let boxes = frames(svg)
    #expect(boxes.count == 7)
    for (index, a) in boxes.enumerated() {
      for b in boxes[..<index] where a.top == b.top {
        #expect(a.left >= b.left + b.width || b.left >= a.left + a.width)
      }
    }
    #expect(Set(boxes.map(\.top)).count == 4)
  }

  @Test func aChainIsOneStraightColumn() {
    let boxes = frames(diagram(5, [(0, 1), (1, 2), (2, 3), (3, 4)]).svg)
    #expect(Set(boxes.map { ($0.left + $0.width / 2).rounded() }).count == 1)
    #expect(boxes.map(\.top) == boxes.map(\.top).sorted())
  }

  @Test func aLongNetworkTakesNoLongTime() {
    let count = 8000
    let time = processorTime {
      #expect(diagram(count, (1..<count).map { ($0 - 1, $0) }).svg.utf8.count > count)
    }
    #expect(time < 8)
  }

  @Test func textIsEscaped() {
    let svg = diagram(1, []).svg
    #expect(svg.contains("a &lt;net&gt;"))
    #expect(!svg.contains("<net>"))
  }
}
