import Attribution
import Testing

@Suite struct QuadratureRuleTests {
  @Test(arguments: QuadratureRule.allCases, [2, 3, 16, 50, 257])
  func weightsAddUpToOne(_ rule: QuadratureRule, _ count: Int) {
    let nodes = rule.nodes(count)
    #expect(nodes.count == count)
    #expect(abs(nodes.reduce(0) { $0 + $1.weight } - 1) < 1e-12)
    #expect(zip(nodes, nodes.dropFirst()).allSatisfy { $0.position < $1.position })
  }

  @Test(arguments: [1, 2, 5, 20, 50])
  func gaussLegendreIsExactForPolynomials(_ count: Int) {
    let degree = 2 * count - 1
    let integral = QuadratureRule.gaussLegendre.nodes(count).reduce(0) { sum, node in
      sum + node.weight * (0..<degree).reduce(1) { power, _ in power * node.position }
    }
    #expect(abs(integral - 1 / Double(degree + 1)) < 1e-13)
  }

  @Test func aTrapezoidIsExactForStraightLines() {
    let integral = QuadratureRule.trapezoid.nodes(7).reduce(0) { $0 + $1.weight * $1.position }
    #expect(abs(integral - 0.5) < 1e-15)
  }
}
