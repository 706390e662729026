import Networks
import Tensors
import Testing

@testable import Attribution

/// Where things bend between two neighbouring lanes.
@Suite struct KinkPointsTests {
  /// Elements that run straight from one lane to the next; other lanes repeat the second.
  private func points(
    _ starts: [Float], _ ends: [Float], _ node: Networks.Operation, hasFloor: Bool = false
  ) throws -> [Float] {
    var graph = Graph()
    let input = try graph.addInput("x", [1, 1, starts.count])
    try graph.add(node, name: "node", inputs: [input])
    let values = Lanes([starts.count], samples: [starts] + Array(repeating: ends, count: 15))
    defer { withExtendedLifetime(values) {} }
    let kink: Kink
    if hasFloor {
      kink = .extremes(
        of: input, PlaceLists(graph.nodes[0], graph), hasFloor: true, isLargest: true)
    } else {
      kink = try #require(Kink(graph.nodes[0], graph))
    }
    var points = KinkPoints(intervals: 2)
    points.add([kink]) { _ in values.view }
    #expect(points.points(in: 1).isEmpty)
    return points.points(in: 0)
  }

  private static let pool = Networks.Operation.globalPooling(GlobalPooling(.max))

  @Test func aUnitBendsWhereItPassesZero() throws {
    let relu = Networks.Operation.pointwise(Pointwise(.relu))
    #expect(try points([-1, 2, 3, 0], [3, -2, 1, 5], relu) == [0.25, 0.5])
  }

  @Test func aClippedUnitBendsAtBothBounds() throws {
    let clip = Networks.Operation.pointwise(Pointwise(.clippedReLU(low: 0, high: 6)))
    #expect(try points([-2], [14], clip) == [0.125, 0.5])
  }

  @Test func theLargestChangesWhereLinesMeet() throws {
    // The second meets the first at ½; the third would meet it later, but is below the second then.
    #expect(try points([1, 0, -1], [1, 2, 1.5], Self.pool) == [0.5])
    // Three in turn.
    #expect(try points([3, 2, -4], [3, 4, 8], Self.pool) == [0.5, 0.6])
  }

  @Test func belowZeroNothingBendsBehindARectifier() throws {
    #expect(try points([-4, -2], [-2, -3], Self.pool, hasFloor: true).isEmpty)
    // The larger of the two passes zero at ½; the smaller follows without being seen.
    #expect(try points([-1, -3], [1, 0.5], Self.pool, hasFloor: true) == [0.5])
  }
}
