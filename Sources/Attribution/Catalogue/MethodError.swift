/// What can be wrong with a method specification, or with a method for a model.
public enum MethodError: Error, Equatable {
  case unknownMethod(name: String, known: [String])
  case unknownSetting(method: String, setting: String, known: [String])
  case repeatedSetting(method: String, setting: String)
  case wrongValue(
    method: String, setting: String, found: String, expected: SettingDescription.Kind)

  /// `key` where `key=value` belongs.
  case notASetting(method: String, text: String)

  /// The method has no meaning for this target.
  case unsupportedTarget(method: String, target: Target)

  /// The method cannot look through this node.
  case unsupportedNode(method: String, node: String, operation: String)

  /// The layer that a setting names does not exist, or has no spatial extent.
  case unknownLayer(method: String, layer: String, known: [String])
  case notSpatial(method: String, layer: String)

  /// The settings contradict each other or the model: which, and why, in data.
  case impossible(method: String, setting: String, reason: Reason)

  public enum Reason: Sendable, Hashable {
    case largerThan(Int)
    case notPiecewiseLinear(node: String)
    case tooManySegments(found: Int, most: Int)
    case needsSpatialInput

    /// A picture to compare with, or a label map, that a setting takes for given.
    case needsBaselinePicture
    case needsLabelMap

    /// A label map does not have the input's rows and columns.
    case labelMapOfOtherSize(height: Int, width: Int, needed: [Int])

    /// Two settings cannot be given together.
    case excludes(setting: String)

    /// A limit was reached before the map was finished.
    case tooFew(Int)
  }

  /// Whether another input may go well with the same settings and the same model.
  public var concernsInput: Bool {
    switch self {
    case .impossible(_, _, .tooFew), .impossible(_, _, .tooManySegments): true
    case .impossible, .unknownMethod, .unknownSetting, .repeatedSetting, .wrongValue, .notASetting,
      .unsupportedTarget, .unsupportedNode, .unknownLayer, .notSpatial:
      false
    }
  }
}
