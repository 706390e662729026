import Networks
import Tensors

/// The beginning of a network that is affine: a convolution, what normalises it, a bias.
///
/// On a straight path its output is the interpolation of two outputs, and of the gradients behind it
/// only the sum has to go back through it. So it runs once for each end and once for each map, not
/// once for each point.
struct AffinePrefix: Sendable {
  /// The value at its end; the network's input itself if it starts with something else.
  let end: Graph.ValueID

  /// Where the next function of each element has kinks: the units that flip on a path, and where,
  /// follow from them.
  let kinks: [Float]

  init(_ model: NetworkModel) {
    var end = model.input
    while let next = Self.onlyReader(of: end, model.graph), next.inputs.count == 1,
      next.operation.secantKind == .affine, next.output != model.logits
    {
      end = next.output
    }
    self.end = end
    kinks = Self.kinks(behind: end, model.graph)
  }

  private static func onlyReader(of value: Graph.ValueID, _ graph: Graph) -> Graph.Node? {
    let readers = graph.nodes.filter { $0.inputs.contains(value) }
    return readers.count == 1 ? readers[0] : nil
  }

  /// The kinks of the rectifiers that read the value, at once or through a max pooling.
  private static func kinks(behind value: Graph.ValueID, _ graph: Graph) -> [Float] {
    var kinks: Set<Float> = []
    var sources: Set<Graph.ValueID> = [value]
    // Each node comes after those that it reads.
    for reader in graph.nodes where !sources.isDisjoint(with: reader.inputs) {
      switch reader.operation.secantKind {
      case .rectifier, .pointwise(isPiecewiseLinear: true):
        kinks.formUnion(reader.operation.commonKinks)
      case .maxPooling: sources.insert(reader.output)
      case .affine, .pointwise(isPiecewiseLinear: false), .product, .extremeOfTwo, .extremeOfMany,
        .sumOfMagnitudes, .none:
        break
      }
    }
    return kinks.sorted()
  }
}
