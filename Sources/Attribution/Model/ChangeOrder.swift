import Networks
import Tensors

/// In which lanes which changes are computed together.
///
/// Sixteen inputs with changes at the same places stand side by side, a place at a time. Where there
/// are fewer inputs, one stands in all lanes with sixteen of its changes: neighbours, in one rectangle
/// that holds them all, or changes at places of their own, whichever is estimated to cost less. No
/// number depends on it.
struct ChangeOrder: Sendable {
  private let changes: InputChanges
  let plan: RecomputationPlan
  private let height: Int
  private let width: Int
  private(set) var pieces: [Piece] = []

  /// The estimated cost of all pieces, their bases included.
  private var cost = 0.0

  /// Up to sixteen changes that are computed together.
  struct Piece: Sendable {
    /// The inputs that stand in the lanes: one for each, or one for all.
    let inputs: Range<Int>
    let samples: [Sample]

    /// What is computed anew.
    let rectangle: LaneRectangle

    var base: Int { inputs.lowerBound }
  }

  struct Sample: Sendable {
    let input: Int
    let change: Int
  }

  /// With fewer inputs than this, a single one in all lanes wastes less than empty lanes do.
  private static let fewestSideBySide = 9

  init(_ changes: InputChanges, _ shape: Shape, _ plan: RecomputationPlan) {
    self.changes = changes
    self.plan = plan
    height = shape[1]
    width = shape[2]
    var first = 0
    while first < changes.inputs.count {
      let end = min(first + laneCount, changes.inputs.count)
      cost += plan.wholeCost
      if changes.sharePlaces, end - first >= Self.fewestSideBySide {
        for change in 0..<changes.counts[first] {
          let area = changes.place(first, change)
          let rectangle = LaneRectangle(rows: area.rows, columns: area.columns)
          cost += plan.cost(changing: rectangle)
          pieces.append(
            Piece(
              inputs: first..<end,
              samples: (first..<end).map { Sample(input: $0, change: change) },
              rectangle: rectangle))
        }
        first = end
      } else {
        let (own, ownCost) = piecesOfOne(first)
        pieces += own
        cost += ownCost
        first += 1
      }
    }
  }

  /// Whether the pieces are estimated to cost less than computing everything, sixteen at a time.
  var savesTime: Bool {
    let samples = changes.counts.reduce(changes.counts.count, +)
    return cost < 0.9 * plan.wholeCost * Double((samples + laneCount - 1) / laneCount)
  }

  // MARK: One input in all lanes

  private func piecesOfOne(_ input: Int) -> (pieces: [Piece], cost: Double) {
    let areas = (0..<changes.counts[input]).map { changes.place(input, $0) }
    func pieces(
      _ order: [Int], _ rectangle: ([PixelArea]) -> LaneRectangle
    ) -> (pieces: [Piece], cost: Double) {
      var pieces: [Piece] = []
      var cost = 0.0
      for start in stride(from: 0, to: order.count, by: laneCount) {
        let together = order[start..<min(start + laneCount, order.count)]
        let chosen = rectangle(together.map { areas[$0] })
        cost += plan.cost(changing: chosen)
        pieces.append(
          Piece(
            inputs: input..<input + 1, samples: together.map { Sample(input: input, change: $0) },
            rectangle: chosen))
      }
      return (pieces, cost)
    }
    let neighbours = pieces(Self.inNeighbourhoods(areas)) { areas in
      LaneRectangle(
        rows: areas.map(\.rows.lowerBound).reduce(
          height, min)..<areas.map(\.rows.upperBound).reduce(0, max),
        columns: areas.map(\.columns.lowerBound).reduce(
          width, min)..<areas.map(\.columns.upperBound).reduce(0, max))
    }
    let scattered = pieces(inPhase(areas)) { areas in
      LaneRectangle(
        holding: (0..<laneCount).map { areas.dropFirst($0).first ?? areas[0] }, height: height,
        width: width)
    }
    return neighbours.cost <= scattered.cost ? neighbours : scattered
  }

  /// In strips about four places high, along each strip: sixteen in a row lie about four by four.
  private static func inNeighbourhoods(_ areas: [PixelArea]) -> [Int] {
    let rows = Set(areas.map(\.rows.lowerBound)).sorted()
    let strips = max(1, (rows.count + 2) / 4)
    let strip = Dictionary(
      uniqueKeysWithValues: rows.enumerated().map { ($1, $0 * strips / rows.count) })
    return areas.indices.sorted { a, b in
      let (a, b) = (areas[a], areas[b])
      return (strip[a.rows.lowerBound] ?? 0, a.columns.lowerBound, a.rows.lowerBound)
        < (strip[b.rows.lowerBound] ?? 0, b.columns.lowerBound, b.rows.lowerBound)
    }
  }

  /// So that neighbours have the same place within a layer's grid of tiles, for as coarse a grid as
  /// leaves enough with the same: then their patches have one size.
  private func inPhase(_ areas: [PixelArea]) -> [Int] {
    let corners = areas.map { SIMD2($0.rows.lowerBound, $0.columns.lowerBound) }
    let period =
      plan.periods.last { period in
        let phases = Set(corners.map { SIMD2($0.x % period, $0.y % period) })
        return phases.count * laneCount * 3 / 4 <= corners.count
      } ?? 1
    return corners.indices.sorted { a, b in
      let (a, b) = (corners[a], corners[b])
      return (a.x % period, a.y % period, a.x, a.y) < (b.x % period, b.y % period, b.x, b.y)
    }
  }

  // MARK: Running a piece

  func setBase(_ piece: Piece, of recomputation: Recomputation) {
    recomputation.setBase(isOneSample: piece.inputs.count == 1) { inputs in
      for lane in 0..<laneCount {
        let input = piece.inputs.dropFirst(lane).first ?? piece.inputs.lowerBound
        inputs.setSample(lane, to: changes.inputs[input])
      }
    }
  }

  /// The logits of a piece's changes; lanes left over repeat the first.
  func outputs(_ piece: Piece, of recomputation: Recomputation) -> LanesView {
    recomputation.outputs(changing: piece.rectangle) { patch in
      for lane in 0..<laneCount {
        let sample = piece.samples.dropFirst(lane).first ?? piece.samples[0]
        let lanePatch = LanePatch(
          view: patch, lane: lane, area: piece.rectangle[lane], height: height, width: width)
        lanePatch.copy(changes.inputs[sample.input], piece.rectangle[lane])
        changes.write(sample.input, sample.change, lanePatch)
      }
    }
  }
}
