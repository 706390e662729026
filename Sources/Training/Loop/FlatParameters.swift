import Networks
import Tensors

/// The parameters of a graph in one stretch of memory, as optimisers want them.
final class FlatParameters: Sendable {
  /// A part of one parameter that one thread works on at a time.
  struct Piece: Sendable {
    let gradient: GradientPart

    /// Where it lies in the memory.
    let range: Range<Int>

    /// Whether penalties apply: to weights, not to biases and scales.
    let isPenalized: Bool
  }

  /// The trainable ones, in the graph's order.
  let ids: [Graph.ParameterID]

  /// The others that change in training: running statistics.
  let statisticIDs: [Graph.ParameterID]

  /// Where each lies.
  let ranges: [Range<Int>]
  let values: AlignedFloats
  let gradients: AlignedFloats
  let pieces: [Piece]

  init(_ graph: Graph) {
    let trainable = graph.trainableParameters
    ids = trainable
    var statisticIDs: [Graph.ParameterID] = []
    for id in graph.nodes.flatMap(\.parameters) where !graph[id].isTrainable {
      if !statisticIDs.contains(id) { statisticIDs.append(id) }
    }
    self.statisticIDs = statisticIDs
    var ranges: [Range<Int>] = []
    var pieces: [Piece] = []
    var end = 0
    for id in trainable {
      let parameter = graph[id]
      let range = end..<end + parameter.values.count
      ranges.append(range)
      for start in stride(from: range.lowerBound, to: range.upperBound, by: Self.pieceLength) {
        let piece = start..<min(start + Self.pieceLength, range.upperBound)
        let part = piece.lowerBound - end..<piece.upperBound - end
        pieces.append(
          Piece(
            gradient: GradientPart(parameter: id, part: part, place: piece.lowerBound),
            range: piece, isPenalized: parameter.shape.rank > 1))
      }
      end = range.upperBound
    }
    self.ranges = ranges
    self.pieces = pieces
    values = AlignedFloats(count: end)
    gradients = AlignedFloats(count: end)
    load(from: graph)
  }

  private static let pieceLength = 4096

  /// Takes the values of the graph.
  private func load(from graph: Graph) {
    for (id, range) in zip(ids, ranges) {
      let source = graph[id].values
      for i in source.indices { unsafe values.pointer[range.lowerBound + i] = source[i] }
    }
  }

  /// Puts the values into the graph.
  func store(to graph: inout Graph) {
    for (id, range) in zip(ids, ranges) { graph.setValues(of: id, from: values, range: range) }
  }

  /// Puts the numbers of a snapshot into the graph.
  func store(_ snapshot: WeightSnapshot, to graph: inout Graph) {
    let values = AlignedFloats(snapshot.values)
    for (id, range) in zip(ids, ranges) { graph.setValues(of: id, from: values, range: range) }
    let statistics = AlignedFloats(snapshot.statistics)
    var start = 0
    for id in statisticIDs {
      let count = graph[id].values.count
      graph.setValues(of: id, from: statistics, range: start..<start + count)
      start += count
    }
  }

  /// The running statistics of the graph, one behind the other.
  func statistics(of graph: Graph) -> [Float] { statisticIDs.flatMap { graph[$0].values } }
}

extension Graph {
  /// Replaces a parameter's values.
  fileprivate mutating func setValues(
    of id: ParameterID, from floats: AlignedFloats, range: Range<Int>
  ) {
    precondition(range.upperBound <= floats.count, "\(range) of \(floats.count) floats")
    var parameter = self[id]
    parameter.values = unsafe Array(
      UnsafeBufferPointer(start: floats.pointer + range.lowerBound, count: range.count))
    self[id] = parameter
  }
}

extension AlignedFloats {
  /// The floats as an array.
  var array: [Float] { unsafe Array(UnsafeBufferPointer(start: pointer, count: count)) }

  /// Takes the numbers of an array.
  func assign(_ values: [Float]) {
    precondition(values.count == count, "\(values.count) floats for \(count)")
    for i in values.indices { unsafe pointer[i] = values[i] }
  }
}
