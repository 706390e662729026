import Tensors
import Testing

@testable import Attribution

@Suite struct XraiTests {
  @Test func aRegionHasOneValueAndTheMapAddsUp() throws {
    // A bright square on a dark image, whose every pixel counts for the score.
    let values = (0..<400).map { place -> Float in
      let (row, column) = (place / 20, place % 20)
      return (5..<12).contains(row) && (6..<14).contains(column) ? 0.9 : 0.1
    }
    let weights = values.map { $0 > 0.5 ? 1.0 : -0.2 }
    let model = ToyModel([1, 20, 20]) { x in
      [zip(weights, x).reduce(0) { $0 + $1.0 * $1.1 }]
    } gradients: { _ in
      [weights]
    }
    let map = try Xrai(steps: 4).attribute(
      [Subject(values: values, target: .logit(0))], on: model, context: .unit("xrai"))[0]
    let inside = map.values[8 * 20 + 10]
    #expect(map.values.max() == inside)
    for row in 6..<11 {
      #expect(map.values[row * 20 + 7..<row * 20 + 13].allSatisfy { $0 == inside }, "row \(row)")
    }
    let expected = try #require(map.record.expected)
    #expect(abs(map.sum - expected) < 1e-3 * abs(expected))
    #expect(map.values[19 * 20] < inside)
  }
}
