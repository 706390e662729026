/// The closed list of what a node of a ``Graph`` can do.
///
/// Everything that treats kinds of layers differently (writing a model file, a relevance rule, a
/// recomputed window) switches over this list without `default`, so that the compiler names every
/// place a new layer has to be thought of. Everything that does not asks the ``layer``.
public enum Operation: Sendable {
  case arithmetic(Arithmetic)
  case arithmeticConstant(ArithmeticConstant)
  case averagePooling(AveragePooling)
  case batchNormalization(BatchNormalization)
  case concatenation(Concatenation)
  case convolution(Convolution)
  case dense(Dense)
  case depthToSpace(DepthToSpace)
  case dropout(Dropout)
  case expand(Expand)
  case gather(Gather)
  case globalPooling(GlobalPooling)
  case groupNormalization(GroupNormalization)
  case identity(Identity)
  case layerNormalization(LayerNormalization)
  case localResponseNormalization(LocalResponseNormalization)
  case lpNormalization(LpNormalization)
  case matrixProduct(MatrixProduct)
  case maxPooling(MaxPooling)
  case padding(Padding)
  case parametricReLU(ParametricReLU)
  case pointwise(Pointwise)
  case reduction(Reduction)
  case reshape(Reshape)
  case resize(Resize)
  case slice(Slice)
  case softmax(Softmax)
  case spaceToDepth(SpaceToDepth)
  case tile(Tile)
  case transpose(Transpose)
  case transposedConvolution(TransposedConvolution)

  /// The layer behind the name.
  public var layer: any Layer {
    switch self {
    case .arithmetic(let layer): layer
    case .arithmeticConstant(let layer): layer
    case .averagePooling(let layer): layer
    case .batchNormalization(let layer): layer
    case .concatenation(let layer): layer
    case .convolution(let layer): layer
    case .dense(let layer): layer
    case .depthToSpace(let layer): layer
    case .dropout(let layer): layer
    case .expand(let layer): layer
    case .gather(let layer): layer
    case .globalPooling(let layer): layer
    case .groupNormalization(let layer): layer
    case .identity(let layer): layer
    case .layerNormalization(let layer): layer
    case .localResponseNormalization(let layer): layer
    case .lpNormalization(let layer): layer
    case .matrixProduct(let layer): layer
    case .maxPooling(let layer): layer
    case .padding(let layer): layer
    case .parametricReLU(let layer): layer
    case .pointwise(let layer): layer
    case .reduction(let layer): layer
    case .reshape(let layer): layer
    case .resize(let layer): layer
    case .slice(let layer): layer
    case .softmax(let layer): layer
    case .spaceToDepth(let layer): layer
    case .tile(let layer): layer
    case .transpose(let layer): layer
    case .transposedConvolution(let layer): layer
    }
  }
}
