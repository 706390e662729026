import Tensors
import Testing

@testable import Networks

/// Recomputing what a change reaches gives the same bits as computing everything.
@Suite struct RecomputationTests {
  /// Where a rectangle lies in the lanes.
  enum Places: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case same, scattered, corners
    var testDescription: String { rawValue }
  }

  @Test(arguments: ["leNet", "resNet18", "windows", "mixed"], Places.allCases)
  func outputsAreThoseOfTheWholePass(_ name: String, _ places: Places) throws {
    let graph = try Self.graph(name)
    let side = graph[graph.inputs[0]].shape[2]
    for size in [1, 3, side / 4, side] {
      try Self.expectEqual(graph, size: size, places)
    }
  }

  static func graph(_ name: String) throws -> Graph {
    switch name {
    case "leNet": try ExampleNetwork.leNet()
    case "resNet18": try ExampleNetwork.resNet18(side: 96, classes: 5)
    case "windows": try WindowNetwork.everyWindow()
    default: try WindowNetwork.mixed()
    }
  }

  static func expectEqual(_ graph: Graph, size: Int, _ places: Places) throws {
    let (input, output) = (graph.inputs[0], graph.outputs[0])
    let shape = graph[input].shape
    let request = PlanRequest(provided: [input], outputs: [output])
    let plan = try RecomputationPlan(graph, input: input, output: output, like: request)
    #expect(plan.savesWork)
    let recomputation = Recomputation(plan)
    var random = CounterRandom(seed: 11, UInt32(size))
    let images = (0..<laneCount).map { _ in (0..<shape.count).map { _ in random.uniform(-1, 1) } }
    recomputation.setBase { inputs in
      for (lane, image) in images.enumerated() { inputs.setSample(lane, to: image) }
    }
    for _ in 0..<2 {
      let rectangles = rectangles(places, size, shape, &random)
      let rectangle = LaneRectangle(holding: rectangles, height: shape[1], width: shape[2])
      var changed = images
      let found = recomputation.outputs(changing: rectangle) { patch in
        for lane in 0..<laneCount {
          let (rows, columns) = rectangle[lane]
          var index = 0
          for channel in 0..<shape[0] {
            for row in rows {
              for column in columns {
                let value = random.uniform(-2, 2)
                patch[index][lane] = value
                changed[lane][(channel * shape[1] + row) * shape[2] + column] = value
                index += 1
              }
            }
          }
        }
      }
      let whole = try Plan(graph, request)
      let workspace = Workspace(whole)
      for (lane, image) in changed.enumerated() { workspace[input].setSample(lane, to: image) }
      workspace.forward(whole.weights(of: graph))
      for index in 0..<found.count { #expect(found[index] == workspace[output][index]) }
    }
    // Everything is as it was.
    let whole = try Plan(graph, request)
    let workspace = Workspace(whole)
    for (lane, image) in images.enumerated() { workspace[input].setSample(lane, to: image) }
    workspace.forward(whole.weights(of: graph))
    let base = recomputation.baseOutputs
    for index in 0..<base.count { #expect(base[index] == workspace[output][index]) }
  }

  private static func rectangles(
    _ places: Places, _ size: Int, _ shape: Shape, _ random: inout CounterRandom
  ) -> [(rows: Range<Int>, columns: Range<Int>)] {
    let (height, width) = (min(size, shape[1]), min(size, shape[2]))
    let (lowest, rightmost) = (shape[1] - height, shape[2] - width)
    func rectangle(_ top: Int, _ left: Int) -> (Range<Int>, Range<Int>) {
      (top..<top + height, left..<left + width)
    }
    switch places {
    case .same:
      let (top, left) = (random.below(lowest + 1), random.below(rightmost + 1))
      return (0..<laneCount).map { _ in rectangle(top, left) }
    case .scattered:
      return (0..<laneCount).map { _ in
        rectangle(random.below(lowest + 1), random.below(rightmost + 1))
      }
    case .corners:
      return (0..<laneCount).map { rectangle($0 % 2 * lowest, $0 / 2 % 2 * rightmost) }
    }
  }
}
