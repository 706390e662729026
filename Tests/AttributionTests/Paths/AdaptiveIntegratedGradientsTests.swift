import Networks
import TestSupport
import Testing

@testable import Attribution

@Suite struct AdaptiveIntegratedGradientsTests {
  private func maps(_ specification: String, _ subjects: [Subject], _ model: NetworkModel)
    throws -> [Attribution]
  {
    try MethodSpecification(specification).attribute(subjects, on: NetworkSession(model), seed: 0)
  }

  private func relativeError(_ map: Attribution, _ reference: Attribution) -> Double {
    let difference = zip(map.values, reference.values).reduce(0.0) { $0 + abs(Double($1.0 - $1.1)) }
    return difference / reference.values.reduce(0.0) { $0 + abs(Double($1)) }
  }

  @Test(arguments: [TestNetwork.plain, .smooth], [0.01, 0.001])
  func mapsAreWithinTheTolerance(
    _ network: TestNetwork, _ tolerance: Double
  ) throws {
    let model = network.model
    let subjects = TestNetwork.subjects(24)
    let dense = try maps("integrated-gradients:steps=4096:rule=midpoint", subjects, model)
    let adaptive = try maps("integrated-gradients:tolerance=\(tolerance)", subjects, model)
    for (map, reference) in zip(adaptive, dense) {
      let error = relativeError(map, reference)
      let estimate = try #require(map.record.residual)
      #expect(estimate <= tolerance)
      // The dense rule itself is right to about 1e-4.
      #expect(error <= tolerance + 1e-4)
    }
  }

  @Test func theSecantRuleIsCompleteOnEveryPartition() throws {
    for map in try maps("integrated-gradients", TestNetwork.subjects(5), TestNetwork.plain.model) {
      let expected = try #require(map.record.expected)
      #expect(abs(map.sum - expected) < 1e-4 * max(1, abs(expected)))
    }
  }

  @Test func aProbabilityIsExplainedByGradients() throws {
    let model = TestNetwork.plain.model
    let subject = Subject(values: TestNetwork.image(3), target: .probability(1, .softmax))
    let dense = try maps("integrated-gradients:steps=4096:rule=midpoint", [subject], model)[0]
    let map = try maps("integrated-gradients", [subject], model)[0]
    let error = relativeError(map, dense)
    #expect(error <= 0.01)
    #expect(error <= (try #require(map.record.residual)))
  }

  @Test func onALinearNetworkOneWalkIsExact() throws {
    let model = TestNetwork.linear.model
    let subjects = TestNetwork.subjects(3)
    let products = try maps("input-x-gradient", subjects, model)
    for (map, product) in zip(try maps("integrated-gradients", subjects, model), products) {
      expectClose(map.values, product.values.map(Double.init), relative: 1e-5)
      #expect(map.record.measurements.first?.value == 15)
    }
  }

  /// What is kept of a ReLU in front of a pooling is a fourth there.
  @Test func betweenNeighboursPoolingsComeBeforeReLUs() throws {
    let model = TestNetwork.plain.model
    let bytes = try [OtherEnd.lane(shift: 1), .reference].map { end in
      var request = model.gradientRequest
      request.keeps = .forRule(SecantRule(end), model.graph)
      return try Plan(model.graph, request).workspaceBytes
    }
    #expect(bytes[0] < bytes[1])
  }

  @Test func nodesAreQuantilesOfTheFlips() {
    let line = BaselineLine(subject: 0, from: [0], to: [1])
    // Units flip at ¼, ½ and ¾ of the way; one does not.
    let path = StraightPath(
      line, target: .logit(0), from: [-1, -2, -3, 1], to: [3, 2, 1, 2], kinks: [0])
    let nodes = path.nodes(intervals: 4)
    #expect(nodes.count == 5)
    #expect(nodes.first == 0 && nodes.last == 1)
    #expect(nodes[2] == 0.5)
    #expect(abs(nodes[1] - 0.25) < 1e-9 && abs(nodes[3] - 0.75) < 1e-9)
    let unflipped = StraightPath(line, target: .logit(0), from: [1], to: [2], kinks: [0])
    #expect(unflipped.nodes(intervals: 4) == [0, 0.25, 0.5, 0.75, 1])
  }
}
