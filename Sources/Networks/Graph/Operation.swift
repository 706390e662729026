/// The closed list of what a node of a ``Graph`` can do.
///
/// Everything that treats kinds of layers differently (writing a model file, a relevance rule, a
/// recomputed window) switches over this list without `default`, so that the compiler names every
/// place a new layer has to be thought of. Everything that does not asks the ``layer``.
public enum Operation: Sendable {
  case pointwise(Pointwise)
  case reshape(Reshape)

  /// The layer behind the name.
  public var layer: any Layer {
    switch self {
    case .pointwise(let layer): layer
    case .reshape(let layer): layer
    }
  }
}
