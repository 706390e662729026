/// The closed list of what a node of a ``Graph`` can do.
///
/// Everything that treats kinds of layers differently (writing a model file, a relevance rule, a
/// recomputed window) switches over this list without `default`, so that the compiler names every
/// place a new layer has to be thought of. Everything that does not asks the ``layer``.
public enum Operation: Sendable {
  case identity(Identity)
  case pointwise(Pointwise)
  case reshape(Reshape)
  case convolution(Convolution)
  case dense(Dense)
  case maxPooling(MaxPooling)
  case averagePooling(AveragePooling)
  case globalPooling(GlobalPooling)
  case batchNormalization(BatchNormalization)
  case layerNormalization(LayerNormalization)
  case groupNormalization(GroupNormalization)
  case lpNormalization(LpNormalization)
  case localResponseNormalization(LocalResponseNormalization)
  case matrixProduct(MatrixProduct)
  case softmax(Softmax)
  case resize(Resize)
  case dropout(Dropout)

  /// The layer behind the name.
  public var layer: any Layer {
    switch self {
    case .identity(let layer): layer
    case .pointwise(let layer): layer
    case .reshape(let layer): layer
    case .convolution(let layer): layer
    case .dense(let layer): layer
    case .maxPooling(let layer): layer
    case .averagePooling(let layer): layer
    case .globalPooling(let layer): layer
    case .batchNormalization(let layer): layer
    case .layerNormalization(let layer): layer
    case .groupNormalization(let layer): layer
    case .lpNormalization(let layer): layer
    case .localResponseNormalization(let layer): layer
    case .matrixProduct(let layer): layer
    case .softmax(let layer): layer
    case .resize(let layer): layer
    case .dropout(let layer): layer
    }
  }
}
