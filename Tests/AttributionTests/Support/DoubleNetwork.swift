import Attribution
import Foundation
import Networks
import Tensors

/// A test network computed in `Double`, a number at a time: slow, obvious, and nothing shared with
/// the product but the weights.
struct DoubleNetwork {
  /// What a rectifier lets through on the way back.
  enum Rectifier {
    case derivative
    case guided
    case deconvolution
  }

  private let graph: Graph
  private let input: Graph.ValueID
  private let logits: Graph.ValueID

  init(_ model: NetworkModel) {
    graph = model.graph
    input = model.input
    logits = model.logits
  }

  func logits(_ x: [Double]) -> [Double] { values(x)[logits.index] }

  /// ∂ logit / ∂ input.
  func gradient(_ x: [Double], of logit: Int, _ rectifier: Rectifier = .derivative) -> [Double] {
    let values = values(x)
    var gradients = graph.values.map { Array(repeating: 0.0, count: $0.shape.count) }
    gradients[logits.index][logit] = 1
    for node in graph.nodes.reversed() {
      let from = values[node.inputs[0].index]
      let behind = gradients[node.output.index]
      forEachTerm(of: node, from) { out, place, weight in
        var weight = weight
        if case .pointwise(let function) = node.operation, function.kind == .relu {
          switch rectifier {
          case .derivative: break
          case .guided: weight *= behind[out] > 0 ? 1 : 0
          case .deconvolution: weight = behind[out] > 0 ? 1 : 0
          }
        }
        gradients[node.inputs[0].index][place] += weight * behind[out]
      }
    }
    return gradients[input.index]
  }

  private func values(_ x: [Double]) -> [[Double]] {
    var values = graph.values.map { Array(repeating: 0.0, count: $0.shape.count) }
    values[input.index] = x
    for node in graph.nodes {
      let from = values[node.inputs[0].index]
      var result = values[node.output.index]
      switch node.operation {
      case .pointwise(let function) where function.kind == .relu: result = from.map { max($0, 0) }
      case .pointwise(let function) where function.kind == .tanh: result = from.map { tanh($0) }
      case .convolution, .dense:
        let bias = parameter(node, 1)
        let area = result.count / bias.count
        for out in result.indices { result[out] = bias[out / area] }
        forEachTerm(of: node, from) { out, place, weight in result[out] += weight * from[place] }
      case .maxPooling, .averagePooling:
        forEachTerm(of: node, from) { out, place, weight in result[out] += weight * from[place] }
      default: preconditionFailure("no slow form of \(node.operation)")
      }
      values[node.output.index] = result
    }
    return values
  }

  /// Calls `body` for every pair of an output and an input that bears on it, with the derivative.
  private func forEachTerm(
    of node: Graph.Node, _ from: [Double], _ body: (_ out: Int, _ place: Int, Double) -> Void
  ) {
    let shape = graph[node.inputs[0]].shape
    switch node.operation {
    case .pointwise(let function):
      for place in from.indices {
        let slope =
          function.kind == .relu
          ? (from[place] > 0 ? 1.0 : 0) : 1 - tanh(from[place]) * tanh(from[place])
        body(place, place, slope)
      }
    case .dense:
      let weights = parameter(node, 0)
      for out in 0..<graph[node.output].shape.count {
        for place in from.indices { body(out, place, weights[out * from.count + place]) }
      }
    case .convolution:
      let weights = parameter(node, 0)
      let (channels, height, width) = (shape[0], shape[1], shape[2])
      for out in 0..<graph[node.output].shape.count {
        let (filter, row, column) = (out / (height * width), out / width % height, out % width)
        for channel in 0..<channels {
          for (dy, dx) in (0..<9).map({ ($0 / 3, $0 % 3) }) {
            let (y, x) = (row + dy - 1, column + dx - 1)
            guard (0..<height).contains(y), (0..<width).contains(x) else { continue }
            body(
              out, (channel * height + y) * width + x,
              weights[((filter * channels + channel) * 3 + dy) * 3 + dx])
          }
        }
      }
    case .maxPooling, .averagePooling:
      let (height, width) = (shape[1], shape[2])
      for out in 0..<graph[node.output].shape.count {
        let (rows, columns) = (height / 2, width / 2)
        let (channel, row, column) = (out / (rows * columns), out / columns % rows, out % columns)
        let places = (0..<4).map {
          (channel * height + 2 * row + $0 / 2) * width + 2 * column + $0 % 2
        }
        if case .averagePooling = node.operation {
          for place in places { body(out, place, 0.25) }
        } else if let largest = places.map({ from[$0] }).max(),
          let winner = places.first(where: { from[$0] == largest })
        {
          body(out, winner, 1)
        }
      }
    default: preconditionFailure("no slow form of \(node.operation)")
    }
  }

  private func parameter(_ node: Graph.Node, _ number: Int) -> [Double] {
    graph[node.parameters[number]].values.map(Double.init)
  }
}
