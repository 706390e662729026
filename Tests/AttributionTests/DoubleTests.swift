import Attribution
import TestSupport
import Testing

/// Methods against the same arithmetic in `Double`, written out.
@Suite struct DoubleTests {
  private static let networks: [TestNetwork] = [.plain, .smooth, .linear]

  private func maps(_ specification: String, _ network: TestNetwork) throws -> [Attribution] {
    try MethodSpecification(specification).attribute(
      TestNetwork.subjects(5), on: NetworkSession(network.model), seed: 0)
  }

  @Test("gradients agree with those in double precision", arguments: networks)
  func gradients(_ network: TestNetwork) throws {
    let slow = DoubleNetwork(network.model)
    let gradients = try maps("gradient", network)
    let products = try maps("input-x-gradient", network)
    for number in 0..<5 {
      let x = TestNetwork.image(number).map(Double.init)
      let expected = slow.gradient(x, of: number % 4)
      expectClose(gradients[number].values, expected, relative: 1e-5)
      expectClose(products[number].values, zip(x, expected).map { $0 * $1 }, relative: 1e-5)
    }
  }

  @Test("changed rectifiers agree with those in double precision")
  func rectifiers() throws {
    let slow = DoubleNetwork(TestNetwork.plain.model)
    let guided = try maps("guided-backprop", .plain)
    let deconvolved = try maps("deconvolution", .plain)
    for number in 0..<5 {
      let x = TestNetwork.image(number).map(Double.init)
      expectClose(
        guided[number].values, slow.gradient(x, of: number % 4, .guided), relative: 1e-5)
      expectClose(
        deconvolved[number].values, slow.gradient(x, of: number % 4, .deconvolution),
        relative: 1e-5)
    }
  }

  @Test("integrated gradients agree with sums in double precision", arguments: networks)
  func paths(_ network: TestNetwork) throws {
    let slow = DoubleNetwork(network.model)
    let maps = try maps("integrated-gradients:rule=midpoint:steps=40", network)
    for number in 0..<5 {
      let x = TestNetwork.image(number).map(Double.init)
      var sum = Array(repeating: 0.0, count: x.count)
      for step in 0..<40 {
        let share = (Double(step) + 0.5) / 40
        let gradient = slow.gradient(x.map { $0 * share }, of: number % 4)
        for place in sum.indices { sum[place] += x[place] * gradient[place] / 40 }
      }
      expectClose(maps[number].values, sum, relative: 1e-4)
    }
  }

  @Test("occlusion agrees with differences in double precision", arguments: networks)
  func occlusion(_ network: TestNetwork) throws {
    let slow = DoubleNetwork(network.model)
    let maps = try maps("occlusion:window=4:stride=4:fill=black", network)
    for number in 0..<5 {
      let x = TestNetwork.image(number).map(Double.init)
      let score = slow.logits(x)[number % 4]
      let expected = x.indices.map { place in
        let (top, left) = (place / 12 / 4 * 4, place % 12 / 4 * 4)
        let occluded = x.indices.map {
          (top..<top + 4).contains($0 / 12) && (left..<left + 4).contains($0 % 12) ? 0 : x[$0]
        }
        return score - slow.logits(occluded)[number % 4]
      }
      expectClose(maps[number].values, expected, relative: 1e-5)
    }
  }
}
