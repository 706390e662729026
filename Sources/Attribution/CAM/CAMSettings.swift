import Networks
import Tensors

/// The settings that all class activation maps share.
struct CAMSettings: Sendable {
  /// The layer's name; the last spatial one without.
  let layer: String?
  let finish: CAMFinish

  /// Whether stabilisers and rescalings are those of pytorch-grad-cam.
  let isProfile: Bool

  static let descriptions = [
    layer,
    SettingDescription(
      "relu", .flag, default: .flag(true), "keep only what speaks for the target"),
    upsampling,
    profile,
  ]

  static let layer = SettingDescription(
    "layer", .text, default: nil, "the layer looked at; by default the last with rows and columns")

  static let upsampling = SettingDescription(
    "upsampling", .choice(CAMFinish.Upsampling.allCases.map(\.rawValue)),
    default: .word("bilinear"), "how the layer's map is brought to the input's size")

  static let profile = SettingDescription(
    "profile", .choice(["none", "pytorch-grad-cam"]), default: .word("none"),
    "pytorch-grad-cam: its stabilisers, and maps stretched to 0…1")

  /// - Parameter rectifies: for methods that have no `relu` setting.
  init(_ settings: MethodSettings, rectifies: Bool? = nil) {
    guard let upsampling = CAMFinish.Upsampling(rawValue: settings.word("upsampling")) else {
      preconditionFailure("the catalogue let pass upsampling=\(settings.word("upsampling"))")
    }
    layer = settings.has("layer") ? settings.word("layer") : nil
    isProfile = settings.has("profile") && settings.word("profile") == "pytorch-grad-cam"
    finish = CAMFinish(
      rectifies: rectifies ?? settings.flag("relu"), upsampling: upsampling,
      isStretched: isProfile)
  }

  /// The layer of a model.
  func layer(of model: NetworkModel, method: String) throws(MethodError) -> SpatialLayer {
    guard model.graph[model.input].shape.rank == 3 else {
      throw .impossible(method: method, setting: "model", reason: .needsSpatialInput)
    }
    return try model.spatialLayer(named: layer, method: method)
  }
}

extension MethodContext {
  /// A map made of a layer, which the record names.
  func attribution(
    _ values: [Float], of subject: Subject, on session: NetworkSession, layer: SpatialLayer,
    forward: Int, backward: Int = 0
  ) -> Attribution {
    Attribution(
      shape: session.inputShape, values: values,
      record: AttributionRecord(
        method: name,
        settings: [AttributionRecord.Setting("layer", .word(layer.name))]
          + settings.filter { $0.name != "layer" },
        seed: seed, target: subject.target, forwardEvaluations: forward,
        backwardEvaluations: backward))
  }
}
