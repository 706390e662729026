import Networks
import Tensors
import Testing

@Suite struct GraphTests {
  @Test func shapesFollowFromTheInputs() throws {
    var graph = Graph()
    let image = try graph.addInput("image", [2, 3, 4])
    let flat = try graph.add(.reshape(Reshape(to: [24])), name: "flat", inputs: [image])
    #expect(graph[flat].shape == [24])
    #expect(graph.value(named: "flat") == flat)
  }

  @Test func aWrongShapeNamesTheNode() throws {
    var graph = Graph()
    let image = try graph.addInput("image", [2, 3, 4])
    #expect(
      throws: GraphError.shape(node: "flat", .elementCountChanged(from: [2, 3, 4], to: [25]))
    ) {
      try graph.add(.reshape(Reshape(to: [25])), name: "flat", inputs: [image])
    }
  }

  @Test func aNameIsGivenOnce() throws {
    var graph = Graph()
    try graph.addInput("image", [1])
    #expect(throws: GraphError.duplicateValue(name: "image")) {
      try graph.addInput("image", [1])
    }
  }
}
