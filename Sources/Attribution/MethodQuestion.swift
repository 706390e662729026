import Networks
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

  func requireBaselines(setting: String) throws(MethodError) {
    guard context.baselines.isEmpty else { return }
    throw .impossible(method: context.name, setting: setting, reason: .needsBaselinePicture)
  }

  func requireLabelMap() throws(MethodError) {
    guard context.labelMap == nil else { return }
    throw .impossible(method: context.name, setting: "segmenter", reason: .needsLabelMap)
  }
}

extension MethodContext {
  /// Refuses probabilities, of which some methods can say nothing.
  func requireLogits(_ target: Target) throws(MethodError) {
    guard case .probability = target else { return }
    throw .unsupportedTarget(method: name, target: target)
  }
}
