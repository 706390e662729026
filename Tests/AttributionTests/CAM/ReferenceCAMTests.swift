import Attribution
import Testing

/// Class activation maps of three trained networks and five digits against those of other tools.
@Suite struct ReferenceCAMTests {
  static let methods = [
    "grad-cam", "grad-cam++", "xgrad-cam", "hirescam", "layer-cam", "score-cam", "ablation-cam",
    "eigen-cam", "fullgrad",
  ]

  @Test(arguments: 0..<3, methods)
  func mapsAreThoseOfPytorchGradCam(_ number: Int, _ method: String) throws {
    let network = try GradientFixture.loaded.get().networks[number]
    try expectMaps(
      method + ":profile=pytorch-grad-cam", of: network,
      are: try InsideFixture.loaded.get().cams[network.name]?[method], within: 1e-3)
  }

  /// Captum's maps are of a convolution inside the network, signed, and enlarged to the nearest.
  @Test(arguments: 0..<3, ["grad-cam:relu=false", "guided-grad-cam"])
  func mapsAreCaptums(_ number: Int, _ method: String) throws {
    let network = try GradientFixture.loaded.get().networks[number]
    let layer = ["second", "a2", "depthwise"][number]
    let name = method.split(separator: ":")[0]
    try expectMaps(
      "\(method):layer=\(layer):upsampling=nearest", of: network,
      are: try InsideFixture.loaded.get().cams[network.name]?["captum \(name)"], within: 1e-4)
  }
}
