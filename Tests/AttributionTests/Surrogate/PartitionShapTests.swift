import Segmentation
import Tensors
import Testing

@testable import Attribution

@Suite struct PartitionShapTests {
  /// The orders of 0…3 in which 0 and 1 are neighbours, and 2 and 3.
  static let orders = [
    [0, 1, 2, 3], [0, 1, 3, 2], [1, 0, 2, 3], [1, 0, 3, 2], [2, 3, 0, 1], [3, 2, 0, 1],
    [2, 3, 1, 0], [3, 2, 1, 0],
  ]

  @Test func owenValuesAreMeansOverTheOrdersOfTheHierarchy() throws {
    let game = InteractionGame(players: 4)
    var means = Array(repeating: 0.0, count: 4)
    for order in Self.orders {
      var inputs = [Array(repeating: Float(0), count: 4)]
      for player in order {
        var next = inputs[inputs.count - 1]
        next[player] = 1
        inputs.append(next)
      }
      let scores = game.model.scores(
        of: inputs, targets: inputs.map { _ in .logit(0) })
      for (place, player) in order.enumerated() {
        means[player] += (scores[place + 1] - scores[place]) / Double(Self.orders.count)
      }
    }
    let map = try game.map(PartitionShap(segments: .given))
    for (value, mean) in zip(map.values, means) { #expect(abs(Double(value) - mean) < 1e-5) }
  }

  @Test(arguments: [2, 10, 41, 1000]) func valuesAddUpAndTheRestIsSaid(_ samples: Int) throws {
    let map = try InteractionGame(players: 12).map(
      PartitionShap(segments: .given, samples: samples))
    let expected = try #require(map.record.expected)
    #expect(abs(map.sum - expected) < 1e-4 * max(1, abs(expected)))
    #expect(map.record.forwardEvaluations <= samples)
    let rest = try #require(map.record.measurements.first { $0.name == "not-split" }).value
    #expect((rest == 0) == (samples == 1000))
  }

  @Test func theHierarchyHalvesTheLongerSide() {
    let tree = SegmentTree(LabelMap(grid: 4, height: 8, width: 20))
    guard case .node(_, let left, let right) = tree, case .node(_, let top, _) = left else {
      Issue.record("sixteen segments have halves")
      return
    }
    #expect(Set(left.segments) == [0, 1, 4, 5, 8, 9, 12, 13])
    #expect(Set(right.segments) == [2, 3, 6, 7, 10, 11, 14, 15])
    #expect(Set(top.segments).count == 4)
  }
}
