import Tensors

@testable import Networks

/// A network with a plan to recompute it, and changes to try on it.
final class RecomputationTrial {
  let graph: Graph
  let recomputation: Recomputation
  private let plan: RecomputationPlan
  private let wholePass: Workspace
  private let weights: PlanWeights
  private let shape: Shape
  private var random: CounterRandom

  /// A rectangle with new values in each lane; values row by row, for each channel.
  struct Change {
    let rectangles: [(rows: Range<Int>, columns: Range<Int>)]
    let values: [[Float]]
  }

  init(_ name: String) throws {
    graph =
      switch name {
      case "leNet": try ExampleNetwork.leNet()
      case "resNet18": try ExampleNetwork.resNet18(side: 96, classes: 5)
      case "windows": try WindowNetwork.everyWindow()
      default: try WindowNetwork.mixed()
      }
    let (input, output) = (graph.inputs[0], graph.outputs[0])
    let request = PlanRequest(provided: [input], outputs: [output])
    plan = try RecomputationPlan(graph, input: input, output: output, like: request)
    precondition(plan.savesWork, "\(name) has no layer whose footprint is known")
    recomputation = Recomputation(plan)
    let whole = try Plan(graph, request)
    wholePass = Workspace(whole)
    weights = whole.weights(of: graph)
    shape = graph[input].shape
    random = CounterRandom(seed: 11)
  }

  var side: Int { shape[2] }

  /// Sixteen images.
  func images(_ seed: Int) -> [[Float]] {
    random = CounterRandom(seed: 11, UInt32(seed))
    return (0..<laneCount).map { _ in (0..<shape.count).map { _ in random.uniform(-1, 1) } }
  }

  /// New values, or those of `images`, in rectangles of up to that size.
  func change(
    _ places: RecomputationTests.Places, _ size: Int, of images: [[Float]]? = nil
  ) -> Change {
    let rectangles = rectangles(places, size)
    let values = rectangles.enumerated().map { lane, rectangle -> [Float] in
      var values: [Float] = []
      for channel in 0..<shape[0] {
        for row in rectangle.rows {
          for column in rectangle.columns {
            let place = (channel * shape[1] + row) * shape[2] + column
            values.append(images?[lane][place] ?? random.uniform(-2, 2))
          }
        }
      }
      return values
    }
    return Change(rectangles: rectangles, values: values)
  }

  /// The outputs of each lane by recomputation.
  func recomputed(_ change: Change, _ rule: TileRule) -> [[Float]] {
    let course = plan.course(changing: LaneAreas(change.rectangles), rule)
    // Beyond a lane's own area its rectangle is not read.
    return recomputation.outputs(course) { patch in
      patch.fill(Vector(repeating: .nan))
      for lane in 0..<laneCount {
        let (rows, columns) = course.changed[lane]
        write(change, lane) { channel, row, column, value in
          patch[
            (channel * rows.count + row - rows.lowerBound) * columns.count + column
              - columns.lowerBound][lane] = value
        }
      }
    }.samples
  }

  /// The outputs of each lane by a whole pass.
  func whole(_ images: [[Float]], _ change: Change?) -> [[Float]] {
    let input = wholePass[graph.inputs[0]]
    input.fill(images)
    if let change {
      for lane in 0..<laneCount {
        write(change, lane) { channel, row, column, value in
          input[(channel * shape[1] + row) * shape[2] + column][lane] = value
        }
      }
    }
    wholePass.forward(weights)
    return wholePass[graph.outputs[0]].readOnly.samples
  }

  private func write(
    _ change: Change, _ lane: Int, _ body: (_ channel: Int, Int, Int, Float) -> Void
  ) {
    let (rows, columns) = change.rectangles[lane]
    var values = change.values[lane].makeIterator()
    for channel in 0..<shape[0] {
      for row in rows {
        for column in columns { values.next().map { body(channel, row, column, $0) } }
      }
    }
  }

  private func rectangles(
    _ places: RecomputationTests.Places, _ size: Int
  ) -> [(rows: Range<Int>, columns: Range<Int>)] {
    (0..<laneCount).reduce(into: []) { rectangles, lane in
      if places == .same, let first = rectangles.first {
        rectangles.append(first)
        return
      }
      var (height, width) = (min(size, shape[1]), min(size, shape[2]))
      if places == .sizes, lane > 0 {
        (height, width) = (1 + random.below(height), 1 + random.below(width))
      }
      let (lowest, rightmost) = (shape[1] - height, shape[2] - width)
      let (top, left) =
        places == .corners
        ? (lane % 2 * lowest, lane / 2 % 2 * rightmost)
        : (random.below(lowest + 1), random.below(rightmost + 1))
      rectangles.append((top..<top + height, left..<left + width))
    }
  }
}

extension LanesView {
  /// The elements of each lane.
  var samples: [[Float]] { (0..<laneCount).map(sample) }
}

extension MutableLanesView {
  /// A sample into each lane.
  func fill(_ samples: [[Float]]) {
    for (lane, sample) in samples.enumerated() { setSample(lane, to: sample) }
  }
}
