import Networks
import Tensors
import Testing

@Suite struct GraphCompositesTests {
  @Test func aSplitIsSlices() throws {
    var graph = Graph()
    let image = try graph.addInput("image", [5, 2])
    let parts = try graph.addSplit(image, axis: 0, lengths: [2, 3], name: "split")
    #expect(parts.map { graph[$0].shape } == [[2, 2], [3, 2]])
    #expect(parts.map { graph[$0].name } == ["split/0", "split/1"])
    #expect(
      throws: GraphError.shape(
        node: "more", .wrongLength(input: 0, axis: 0, found: 5, expected: 4))
    ) { try graph.addSplit(image, axis: 0, lengths: [2, 2], name: "more") }
  }

  @Test func manyValuesAreFoldedTwoAtATime() throws {
    var graph = Graph()
    let values = try (0..<3).map { try graph.addInput("input \($0)", [2]) }
    let sum = try graph.addFold(.add, values, name: "sum", output: "total")
    #expect(graph[sum].name == "total")
    #expect(graph.nodes.map(\.name) == ["sum/1", "sum"])
    #expect(graph.nodes[1].inputs == [graph.nodes[0].output, values[2]])
    let one = try graph.addFold(.maximum, [values[0]], name: "one")
    #expect(graph[one].shape == [2])
  }

  @Test func aMeanIsASumTimesAConstant() throws {
    var graph = Graph()
    let values = try (0..<4).map { try graph.addInput("input \($0)", [2]) }
    let mean = try graph.addMean(values, name: "mean")
    #expect(graph[mean].name == "mean")
    #expect(graph.parameters.map(\.values) == [[0.25]])
    #expect(graph.trainableCount == 0)
  }
}
