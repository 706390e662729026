/// Architectures with a name.
public enum ArchitecturePreset: String, Sendable, CaseIterable {
  case logistic
  case mlp
  case lenet
  case digits
  case resnetTiny = "resnet-tiny"

  /// What stands behind the name.
  public var text: String {
    switch self {
    case .logistic: "dense classes"
    case .mlp: "dense 128, relu, dense 64, relu, dense classes"
    case .lenet: "conv 16 5x5, relu, pool 2, conv 32 5x5, relu, pool 2, dense classes"
    case .digits:
      "conv 16 3x3, norm, relu, conv 16 3x3, norm, relu, pool 2, "
        + "conv 32 3x3, norm, relu, conv 32 3x3, norm, relu, pool 2, "
        + "conv 64 3x3, norm, relu, conv 64 3x3, norm, relu, pool 2, dropout 0.2, dense classes"
    case .resnetTiny:
      "conv 16 3x3, norm, relu, "
        + "residual(conv 16 3x3, norm, relu, conv 16 3x3, norm), relu, "
        + "residual(conv 32 3x3 stride 2, norm, relu, conv 32 3x3, norm), relu, "
        + "residual(conv 64 3x3 stride 2, norm, relu, conv 64 3x3, norm), relu, "
        + "global average, dense classes"
    }
  }
}

extension Architecture {
  /// A preset by its name, or the architecture that the text says.
  public init(presetOrText text: String) throws(ArchitectureError) {
    try self.init(ArchitecturePreset(rawValue: text)?.text ?? text)
  }
}
