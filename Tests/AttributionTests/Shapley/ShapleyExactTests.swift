import Tensors
import TestSupport
import Testing

@testable import Attribution

@Suite struct ShapleyExactTests {
  @Test(arguments: 0..<3) func mapsAreCaptums(_ number: Int) throws {
    let fixture = try GradientFixture.loaded.get()
    let reference = try PerturbationFixture.loaded.get()
    let network = fixture.networks[number]
    let maps = try ShapleyExact(segments: .given).attribute(
      Array(fixture.subjects(network).prefix(3)), on: NetworkSession(network.model),
      context: .unit("shapley-exact", labels: reference.labels, height: 20, width: 20))
    for (map, captums) in zip(maps, reference.networks[number].shapley) {
      expectClose(map.values, captums.map(Double.init), relative: 1e-4, absolute: 0)
      #expect(map.record.forwardEvaluations == 64)
    }
  }

  /// The definition over all M! orders.
  @Test(arguments: 1...6) func valuesAreTheMeansOverAllOrders(_ players: Int) {
    let worth = game(players, seed: 1)
    var sums = Array(repeating: 0.0, count: players)
    var orders = 0.0
    forEachOrder(players) { order in
      orders += 1
      var coalition = 0
      for player in order {
        sums[player] += worth[coalition | 1 << player] - worth[coalition]
        coalition |= 1 << player
      }
    }
    for (value, sum) in zip(ExactShapley.values(players: players, worth: worth), sums) {
      #expect(abs(value - sum / orders) < 1e-12)
    }
  }

  /// The definition over subsets, with factorials in place of the recurrence.
  @Test(arguments: [9, 12]) func valuesAreTheWeightedSumsOverCoalitions(_ players: Int) {
    let worth = game(players, seed: 2)
    func factorial(_ n: Int) -> Double { (0..<n).reduce(1) { $0 * Double($1 + 1) } }
    let values = ExactShapley.values(players: players, worth: worth)
    for player in 0..<players {
      var sum = 0.0
      for coalition in worth.indices where coalition >> player & 1 == 1 {
        let others = coalition.nonzeroBitCount - 1
        sum +=
          factorial(others) * factorial(players - 1 - others) / factorial(players)
          * (worth[coalition] - worth[coalition & ~(1 << player)])
      }
      #expect(abs(values[player] - sum) < 1e-12)
    }
  }

  @Test func valuesAddUpToTheWholeWorth() {
    let worth = game(10, seed: 3)
    let sum = ExactShapley.values(players: 10, worth: worth).reduce(0, +)
    #expect(abs(sum - (worth[1023] - worth[0])) < 1e-12)
  }

  @Test func whoAddsNothingHasNothingAndEqualsHaveTheSame() {
    // Player 2 never matters; 0 and 1 are interchangeable.
    let worth = (0..<16).map { coalition -> Double in
      let pair = Double((coalition & 3).nonzeroBitCount)
      return pair * pair + Double(coalition >> 3) * (1 + pair)
    }
    let values = ExactShapley.values(players: 4, worth: worth)
    #expect(values[2] == 0)
    #expect(abs(values[0] - values[1]) < 1e-15)
    #expect(values[0] != values[3])
  }

  @Test func valuesOfASumOfGamesAreTheSumsOfTheValues() {
    let (one, other) = (game(7, seed: 4), game(7, seed: 5))
    let together = ExactShapley.values(players: 7, worth: zip(one, other).map { 3 * $0 - 2 * $1 })
    let apart = zip(
      ExactShapley.values(players: 7, worth: one), ExactShapley.values(players: 7, worth: other)
    ).map { 3 * $0 - 2 * $1 }
    for (a, b) in zip(together, apart) { #expect(abs(a - b) < 1e-12) }
  }

  @Test func tooManySegmentsAreAnError() throws {
    let specification = try MethodSpecification("shapley-exact:cells=5")
    #expect(
      throws: MethodError.impossible(
        method: "shapley-exact", setting: "the segments",
        reason: .tooManySegments(found: 25, most: 16))
    ) {
      try specification.attribute(
        TestNetwork.subjects(1), on: NetworkSession(TestNetwork.plain.model), seed: 0)
    }
  }

  private func game(_ players: Int, seed: UInt64) -> [Double] {
    var random = CounterRandom(seed: seed)
    return (0..<1 << players).map { _ in Double(random.normal()) }
  }

  private func forEachOrder(_ count: Int, _ body: ([Int]) -> Void) {
    func extend(_ order: [Int]) {
      guard order.count < count else { return body(order) }
      for player in 0..<count where !order.contains(player) { extend(order + [player]) }
    }
    extend([])
  }
}
