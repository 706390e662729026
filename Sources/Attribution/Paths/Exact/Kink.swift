import Networks
import Tensors

/// A node at which a network bends, as a search for the points of a path where it does: on an
/// interval on which the named values run straight, it bends only where the search says so.
enum Kink: Sendable {
  /// Elements pass thresholds that are the same for all of them.
  case thresholds(of: Graph.ValueID, [Float])

  /// Elements pass thresholds of their own.
  case ownThresholds(of: Graph.ValueID, places: [Int], thresholds: [Float])

  /// The largest (or smallest) of a list of elements becomes another one. With a floor, elements
  /// below zero count as zero.
  case extremes(of: Graph.ValueID, PlaceLists, hasFloor: Bool, isLargest: Bool)

  /// Elements of two values pass each other.
  case crossings(Graph.ValueID, [Int], Graph.ValueID, [Int])

  /// What bends at a node by itself; nothing where it is affine.
  init?(_ node: Graph.Node, _ graph: Graph) {
    let input = graph[node.inputs[0]].shape
    let output = graph[node.output].shape
    switch node.operation.secantKind {
    case .affine: return nil
    case .rectifier, .pointwise(isPiecewiseLinear: true):
      if case .arithmeticConstant = node.operation {
        let constant = graph[node.parameters[0]]
        self = .ownThresholds(
          of: node.inputs[0], places: input.places(broadcastTo: output),
          thresholds: constant.shape.places(broadcastTo: output).map { constant.values[$0] })
      } else {
        self = .thresholds(of: node.inputs[0], node.operation.commonKinks)
      }
    case .maxPooling, .extremeOfMany(isLargest: true):
      self = .extremes(
        of: node.inputs[0], PlaceLists(node, graph), hasFloor: false, isLargest: true)
    case .extremeOfMany(isLargest: false):
      self = .extremes(
        of: node.inputs[0], PlaceLists(node, graph), hasFloor: false, isLargest: false)
    case .sumOfMagnitudes: self = .thresholds(of: node.inputs[0], [0])
    case .extremeOfTwo:
      self = .crossings(
        node.inputs[0], input.places(broadcastTo: output), node.inputs[1],
        graph[node.inputs[1]].shape.places(broadcastTo: output))
    case .pointwise(isPiecewiseLinear: false), .product, .none:
      preconditionFailure("\(node.name) is not linear in pieces")
    }
  }

  /// Whether multipliers between the ends of an interval are exact though it bends in between, as
  /// long as nothing behind it bends there: so it is where each element passes one function only.
  var isExactInOneInterval: Bool {
    switch self {
    case .thresholds, .ownThresholds, .crossings: true
    case .extremes: false
    }
  }
}

/// Lists of places, one after the other in one stretch.
struct PlaceLists: Sendable {
  private(set) var places: [Int32] = []
  private(set) var starts: [Int] = [0]

  /// What each output element of a pooling or a reduction is made of.
  init(_ node: Graph.Node, _ graph: Graph) {
    let input = graph[node.inputs[0]].shape
    if case .maxPooling(let layer) = node.operation {
      PoolingPlaces(layer.window, input, graph[node.output].shape)
        .forEachWindow { _, places in append(places) }
    } else {
      for places in node.operation.reducedPlaces(input) { append(places) }
    }
  }

  private mutating func append(_ list: [Int]) {
    places += list.map(Int32.init)
    starts.append(places.count)
  }

  var count: Int { starts.count - 1 }

  subscript(list: Int) -> Range<Int> { starts[list]..<starts[list + 1] }
}
