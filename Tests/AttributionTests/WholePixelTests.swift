import Attribution
import Networks
import Tensors
import Testing

/// What drawing relies on: whether channels are to be added up.
@Suite struct WholePixelTests {
  @Test(arguments: MethodCatalogue.all.filter(\.isOfWholePixels).map(\.name))
  func allChannelsHoldThePixelsValue(_ name: String) throws {
    var builder = NetworkBuilder()
    let input = try builder.graph.addInput("image", [3, 12, 12])
    let features = try builder.pointwise(.relu, try builder.convolution(input, 4, kernel: 3))
    builder.graph.markOutput(try builder.dense(try builder.maxPooling(features), 4))
    let model = NetworkModel(builder.graph, space: .unit(channels: 3))
    let image = (0..<3).flatMap { TestNetwork.image($0) }
    let map = try #require(
      try MethodSpecification(name).attribute(
        [Subject(values: image, target: .logit(1))], on: NetworkSession(model), seed: 7
      ).first)
    let planes = (0..<3).map { map.values[$0 * 144..<($0 + 1) * 144] }
    #expect(planes[1].elementsEqual(planes[0]) && planes[2].elementsEqual(planes[0]))
    #expect(planes[0].contains { $0 != planes[0].first })
  }
}
