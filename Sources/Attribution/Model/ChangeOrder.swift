import Networks
import Tensors

/// In which lanes which changes are computed together.
///
/// Sixteen inputs with changes at the same places stand side by side, a place at a time. Where there
/// are fewer inputs, one stands in all lanes with sixteen of its changes. No number depends on it, nor
/// on which inputs come together: which ``TileRule`` an input's changes follow is decided by their
/// places alone.
struct ChangeOrder: Sendable {
  private let changes: InputChanges
  let plan: RecomputationPlan
  private let height: Int
  private let width: Int

  /// What is computed anew.
  private(set) var pieces: [Piece] = []

  /// The inputs whose changes are computed as whole inputs.
  private(set) var wholeInputs: [Int] = []

  /// Up to sixteen changes that are computed together.
  struct Piece: Sendable {
    /// The inputs that stand in the lanes: one for each, or one for all.
    let inputs: Range<Int>
    let samples: [Sample]

    /// What changes in each lane.
    let areas: LaneAreas
    let rule: TileRule

    /// Whether it is the first with its inputs.
    let isFirst: Bool

    var base: Int { inputs.lowerBound }
  }

  struct Sample: Sendable {
    let input: Int
    let change: Int
  }

  /// With fewer inputs than this, a single one in all lanes wastes less than empty lanes do.
  private static let fewestSideBySide = 9

  /// - Parameters:
  ///   - rule: to be followed whatever time it takes; otherwise estimates decide.
  ///   - workers: share the estimating, if there are any.
  init(
    _ changes: InputChanges, _ shape: Shape, _ plan: RecomputationPlan, rule: TileRule? = nil,
    workers: Workers? = nil
  ) {
    self.changes = changes
    self.plan = plan
    height = shape[1]
    width = shape[2]
    // Of those whose bits are the same either way.
    var free: (pieces: [Piece], inputs: [Int], cost: Double, samples: Int) = ([], [], 0, 0)
    var first = 0
    while first < changes.inputs.count {
      var end = min(first + laneCount, changes.inputs.count)
      if !changes.sharePlaces || end - first < Self.fewestSideBySide { end = first + 1 }
      let estimate = RecomputationEstimate(
        plan, (0..<changes.counts[first]).map { changes.place(first, $0) }, rule, workers: workers)
      let inputs = first..<end
      first = end
      let (own, cost) = pieces(inputs, estimate)
      guard !own.isEmpty else {
        wholeInputs += inputs
        continue
      }
      if estimate.rule == .reached {
        pieces += own
        continue
      }
      free.pieces += own
      free.inputs += inputs
      free.cost += cost + (own[0].inputs.count == 1 ? plan.sampleCost : plan.wholeCost)
      free.samples += own.reduce(0) { $0 + $1.samples.count + ($1.isFirst ? $1.inputs.count : 0) }
    }
    let wholeGroups = (free.samples + laneCount - 1) / laneCount
    if rule != nil || free.cost < 0.9 * plan.wholeCost * Double(wholeGroups) {
      pieces += free.pieces
    } else {
      wholeInputs += free.inputs
    }
  }

  private func pieces(
    _ inputs: Range<Int>, _ estimate: RecomputationEstimate
  ) -> (pieces: [Piece], cost: Double) {
    let areas = estimate.areas
    let differing = areas.indices.filter { change in inputs.contains { changes.differ[$0][change] }
    }
    guard inputs.count == 1 else {
      let pieces = differing.enumerated().map { index, change in
        Piece(
          inputs: inputs, samples: inputs.map { Sample(input: $0, change: change) },
          areas: LaneAreas(rows: areas[change].rows, columns: areas[change].columns),
          rule: estimate.rule, isFirst: index == 0)
      }
      return (pieces, estimate.cost * Double(differing.count) / Double(max(1, areas.count)))
    }
    let scattered = piecesOfOne(inputs, estimate, Self.inRows(areas, differing)) { LaneAreas($0) }
    guard estimate.rule == .whole else { return scattered }
    // A tile's bits do not depend on what else is computed: neighbours may share a rectangle.
    let together = piecesOfOne(inputs, estimate, Self.inNeighbourhoods(areas, differing)) { areas in
      LaneAreas(
        rows: areas.map(\.rows.lowerBound).reduce(
          height, min)..<areas.map(\.rows.upperBound).reduce(0, max),
        columns: areas.map(\.columns.lowerBound).reduce(
          width, min)..<areas.map(\.columns.upperBound).reduce(0, max))
    }
    return together.cost <= scattered.cost ? together : scattered
  }

  // MARK: One input in all lanes

  private func piecesOfOne(
    _ input: Range<Int>, _ estimate: RecomputationEstimate, _ order: [Int],
    _ changed: ([PixelArea]) -> LaneAreas
  ) -> (pieces: [Piece], cost: Double) {
    var pieces: [Piece] = []
    var cost = 0.0
    for start in stride(from: 0, to: order.count, by: laneCount) {
      let own = order[start..<min(start + laneCount, order.count)]
      // Lanes left over repeat the first.
      let areas = changed(
        (0..<laneCount).map { estimate.areas[own.dropFirst($0).first ?? own[start]] })
      cost += plan.cost(of: plan.course(changing: areas, estimate.rule))
      pieces.append(
        Piece(
          inputs: input, samples: own.map { Sample(input: input.lowerBound, change: $0) },
          areas: areas, rule: estimate.rule, isFirst: start == 0))
    }
    return (pieces, cost)
  }

  /// Row by row: neighbours in a row reach as many rows of every layer.
  private static func inRows(_ areas: [PixelArea], _ changes: [Int]) -> [Int] {
    changes.sorted { a, b in
      let (a, b) = (areas[a], areas[b])
      return (a.rows.lowerBound, a.columns.lowerBound, a.rows.upperBound)
        < (b.rows.lowerBound, b.columns.lowerBound, b.rows.upperBound)
    }
  }

  /// In strips about four places high, along each strip: sixteen in a row lie about four by four.
  private static func inNeighbourhoods(_ areas: [PixelArea], _ changes: [Int]) -> [Int] {
    let rows = Set(changes.map { areas[$0].rows.lowerBound }).sorted()
    let strips = max(1, (rows.count + 2) / 4)
    let strip = Dictionary(
      uniqueKeysWithValues: rows.enumerated().map { ($1, $0 * strips / rows.count) })
    return changes.sorted { a, b in
      let (a, b) = (areas[a], areas[b])
      return (strip[a.rows.lowerBound] ?? 0, a.columns.lowerBound, a.rows.lowerBound)
        < (strip[b.rows.lowerBound] ?? 0, b.columns.lowerBound, b.rows.lowerBound)
    }
  }

  // MARK: Running a piece

  func setBase(_ piece: Piece, of recomputation: Recomputation) {
    if piece.inputs.count == 1 { return recomputation.setBase(changes.inputs[piece.base]) }
    recomputation.setBase { inputs in
      for lane in 0..<laneCount {
        let input = piece.inputs.dropFirst(lane).first ?? piece.inputs.lowerBound
        inputs.setSample(lane, to: changes.inputs[input])
      }
    }
  }

  /// The logits of a piece's changes; lanes left over repeat the first.
  func outputs(_ piece: Piece, of recomputation: Recomputation) -> LanesView {
    let course = plan.course(changing: piece.areas, piece.rule)
    return recomputation.outputs(course) { patch in
      for lane in 0..<laneCount {
        let sample = piece.samples.dropFirst(lane).first ?? piece.samples[0]
        let area = course.changed[lane]
        let lanePatch = LanePatch(
          view: patch, lane: lane, area: area, height: height, width: width)
        lanePatch.copy(changes.inputs[sample.input], area)
        changes.write(sample.input, sample.change, lanePatch)
      }
    }
  }
}
