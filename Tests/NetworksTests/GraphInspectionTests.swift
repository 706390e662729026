import Tensors
import Testing

@testable import Networks

/// Receptive fields, costs and what weight sharing saves, by hand on small networks.
@Suite struct GraphInspectionTests {
  private func convolution(
    _ graph: inout Graph, _ input: Graph.ValueID, _ name: String, to channels: Int, kernel: Int,
    stride: Int = 1, padding: Int = 0
  ) throws -> Graph.ValueID {
    let weights = Shape([channels, graph[input].shape[0], kernel, kernel])
    let parameter = graph.addParameter(
      Parameter(name, weights, Array(repeating: 0.5, count: weights.count)))
    return try graph.add(
      .convolution(
        Convolution(outputChannels: channels, kernel: kernel, stride: stride, padding: padding)),
      name: name, inputs: [input], parameters: [parameter])
  }

  private func extent(_ graph: Graph, _ value: Graph.ValueID) throws -> ReceptiveField.Extent {
    let field = try #require(graph.receptiveFields[value.index])
    #expect(field.extents.allSatisfy { $0 == field.extents[0] })
    return field.extents[0]
  }

  @Test func windowsGrowByTheStepsSoFar() throws {
    var graph = Graph()
    let x = try graph.addInput("x", [3, 64, 64])
    // VGG's rule: two 3x3 see 5x5; a stride doubles what follows.
    let a = try convolution(&graph, x, "a", to: 4, kernel: 3, padding: 1)
    let b = try convolution(&graph, a, "b", to: 4, kernel: 3, stride: 2, padding: 1)
    let c = try convolution(&graph, b, "c", to: 4, kernel: 5)
    let pooled = try graph.add(
      .maxPooling(MaxPooling(.square(2))), name: "pool", inputs: [c])
    #expect(try extent(graph, a) == .init(start: -1, size: 3, step: 1))
    #expect(try extent(graph, b) == .init(start: -2, size: 5, step: 2))
    #expect(try extent(graph, c) == .init(start: -2, size: 13, step: 2))
    #expect(try extent(graph, pooled) == .init(start: -2, size: 15, step: 4))
  }

  @Test func theWidestPathCountsAndAGateBringsInTheRest() throws {
    var graph = Graph()
    let x = try graph.addInput("x", [4, 16, 16])
    let wide = try convolution(&graph, x, "wide", to: 4, kernel: 7, padding: 3)
    let narrow = try convolution(&graph, x, "narrow", to: 4, kernel: 1)
    let sum = try graph.add(.arithmetic(Arithmetic(.add)), name: "sum", inputs: [narrow, wide])
    #expect(try extent(graph, sum) == .init(start: -3, size: 7, step: 1))
    #expect(graph.receptiveFields[sum.index]?.seesAllBesides == false)

    let mean = try graph.add(.globalPooling(GlobalPooling(.average)), name: "mean", inputs: [sum])
    #expect(graph.receptiveFields[mean.index]?.isCollapsed == true)
    let gated = try graph.add(
      .arithmetic(Arithmetic(.multiply)), name: "gated", inputs: [sum, mean])
    #expect(try extent(graph, gated) == .init(start: -3, size: 7, step: 1))
    #expect(graph.receptiveFields[gated.index]?.seesAllBesides == true)
  }

  @Test func placesAreFollowedThroughTransposesAndReshapes() throws {
    var graph = Graph()
    let x = try graph.addInput("x", [3, 8, 8])
    let a = try convolution(&graph, x, "a", to: 6, kernel: 3, padding: 1)
    let last = try graph.add(.transpose(Transpose([1, 2, 0])), name: "last", inputs: [a])
    let split = try graph.add(
      .reshape(Reshape(to: [8, 8, 2, 3])), name: "split", inputs: [last])
    #expect(try extent(graph, split) == .init(start: -1, size: 3, step: 1))
    let flat = try graph.add(.reshape(Reshape(to: [384])), name: "flat", inputs: [split])
    #expect(graph.receptiveFields[flat.index]?.isCollapsed == true)
  }

  @Test func whatSeesMoreThanCanBeCountedSeesAll() throws {
    var graph = Graph()
    var x = try graph.addInput("x", [1, 8, 8])
    let axis = WindowAxis(kernel: 3, stride: 2, before: 1, after: 1)
    for stage in 0..<70 {
      x = try graph.add(
        .maxPooling(MaxPooling(PoolingWindow(vertical: axis, horizontal: axis))),
        name: "pool\(stage)", inputs: [x])
      // From 3 on, each stage doubles and adds one.
      let window = try #require(graph.receptiveFields[x.index]).window
      #expect(window == (stage < 30 ? [2 << (stage + 1) - 1, 2 << (stage + 1) - 1] : nil))
    }
  }

  @Test func sumsOfWhatIsCountedStayAtTheLargestNumber() {
    let much = WeightSharing(shared: 1, unshared: .max - 5, dense: .max)
    #expect(much + much == WeightSharing(shared: 2, unshared: .max, dense: .max))
  }

  /// The receptive field of a network's middle element is where its gradient can be other than
  /// zero.
  @Test func gradientsVanishOutsideOfTheWindow() throws {
    var graph = Graph()
    let x = try graph.addInput("x", [2, 21, 21])
    let a = try convolution(&graph, x, "a", to: 3, kernel: 3, stride: 2)
    let pooled = try graph.add(
      .averagePooling(AveragePooling(.square(2), countsPadding: false)), name: "p", inputs: [a])
    let b = try convolution(&graph, pooled, "b", to: 1, kernel: 3)
    let extent = try extent(graph, b)
    let request = PlanRequest(provided: [x], outputs: [b]).withGradients(at: [x])
    let plan = try Plan(graph, request)
    let workspace = Workspace(plan)
    workspace[x].fill(Vector(repeating: 1))
    workspace.forward(plan.weights(of: graph))
    let seed = workspace.gradient(of: b)
    seed.fill(.zero)
    let side = graph[b].shape[1]
    seed[side + 1] = Vector(repeating: 1)
    workspace.backward(plan.weights(of: graph))
    let gradient = workspace.gradient(of: x).readOnly.sample(0)
    let window = (0..<21).filter {
      let first = extent.start + extent.step
      return Double($0) >= first && Double($0) < first + extent.size
    }
    for row in 0..<21 {
      for column in 0..<21 {
        let isInside = window.contains(row) && window.contains(column)
        #expect((gradient[row * 21 + column] != 0) == isInside, "\(row), \(column)")
      }
    }
  }

  @Test func sharingIsComparedWithLocalAndDenseConnections() throws {
    var graph = Graph()
    let x = try graph.addInput("x", [1, 28, 28])
    let weights = graph.addParameter(
      Parameter("w", [6, 1, 5, 5], Array(repeating: 0, count: 150)))
    let bias = graph.addParameter(Parameter("b", [6], Array(repeating: 0, count: 6)))
    try graph.add(
      .convolution(Convolution(outputChannels: 6, kernel: 5)), name: "c1", inputs: [x],
      parameters: [weights, bias])
    // As LeNet-5 counts its C1 (LeCun et al. 1998): each place has 156 connections.
    let sharing = try #require(graph.weightSharing(of: graph.nodeIDs[0]))
    #expect(
      sharing == WeightSharing(shared: 156, unshared: 24 * 24 * 156, dense: 576 * 6 * 785))
    #expect(graph.multiplyAdds == 24 * 24 * 6 * 25)
  }
}
