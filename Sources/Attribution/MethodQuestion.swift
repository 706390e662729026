import Networks
import Segmentation
public import Tensors

/// What a method is asked, as far as that is known before there is an input.
public struct MethodQuestion: Sendable {
  public let model: NetworkModel

  /// A target of the kind that is explained.
  public let target: Target

  /// The inputs to compare with are those that methods will get; segments that will be given may have
  /// another size than the input still.
  public let context: MethodContext

  public init(_ model: NetworkModel, explaining target: Target, context: MethodContext) {
    self.model = model
    self.target = target
    self.context = context
  }

  public var inputShape: Shape { model.graph[model.input].shape }
}

extension MethodQuestion {
  /// The planes of the input, which must be an image.
  ///
  /// - Parameter setting: what has no meaning otherwise, for the error.
  func planes(setting: String) throws(MethodError) -> ChannelPlanes {
    try ChannelPlanes(image: inputShape, context, setting: setting)
  }
}

extension MethodContext {
  /// The inputs that a setting asks for and the caller gives, at least one.
  func requireBaselines(setting: String) throws(MethodError) -> [[Float]] {
    guard baselines.isEmpty else { return baselines }
    throw .impossible(method: name, setting: setting, reason: .needsBaselinePicture)
  }

  /// The segments that the caller gives.
  func requireLabelMap() throws(MethodError) -> LabelMap {
    if let labelMap { return labelMap }
    throw .impossible(method: name, setting: "segmenter", reason: .needsLabelMap)
  }

  /// Refuses probabilities, of which some methods can say nothing.
  func requireLogits(_ target: Target) throws(MethodError) {
    guard case .probability = target else { return }
    throw .unsupportedTarget(method: name, target: target)
  }
}
