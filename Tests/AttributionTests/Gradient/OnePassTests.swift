import Attribution
import Networks
import Tensors
import TestSupport
import Testing

@Suite struct OnePassTests {
  /// `f = relu(x₀) − relu(x₁) + relu(x₂)` at (1, 1, −1).
  private static let rectified: NetworkModel = {
    var graph = Graph()
    do {
      let input = try graph.addInput("x", [1, 1, 3])
      let relu = try graph.add(.pointwise(Pointwise(.relu)), name: "relu", inputs: [input])
      let weight = graph.addParameter(Parameter("w", [1, 3], [1, -1, 1]))
      graph.markOutput(
        try graph.add(
          .dense(Dense(outputs: 1)), name: "dense", inputs: [relu], parameters: [weight]))
    } catch {
      preconditionFailure("\(error)")
    }
    return NetworkModel(graph, space: .unit(channels: 1))
  }()

  @Test(arguments: [
    ("gradient", [1, -1, 0]), ("guided-backprop", [1, 0, 0]), ("deconvolution", [1, 0, 1]),
    ("input-x-gradient", [2, -3, 0]),
  ])
  func whatComesThroughARectifier(_ method: String, _ expected: [Double]) throws {
    let map = try MethodSpecification(method).attribute(
      [Subject(values: [2, 3, -1], target: .logit(0))], on: NetworkSession(Self.rectified), seed: 0)
    expectClose(map[0].values, expected)
  }

  @Test func onALinearNetworkPathMethodsAreInputTimesGradient() throws {
    let session = NetworkSession(TestNetwork.linear.model)
    let subjects = TestNetwork.subjects(3)
    let plain = try MethodSpecification("input-x-gradient").attribute(
      subjects, on: session, seed: 1)
    for name in [
      "integrated-gradients", "gradient-shap:noise=0", "expected-gradients:baseline=black",
    ] {
      let maps = try MethodSpecification(name).attribute(subjects, on: session, seed: 1)
      for (map, other) in zip(maps, plain) {
        expectClose(map.values, other.values.map(Double.init), relative: 1e-5, "\(name)")
      }
    }
  }
}
