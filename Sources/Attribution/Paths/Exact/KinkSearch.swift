import Networks
import Tensors

/// Points inside the intervals between neighbouring lanes, as shares of an interval: where something
/// bends.
struct KinkPoints: Sendable {
  /// For each interval, in no order.
  private(set) var shares: [[Float]]

  init(intervals: Int) { shares = Array(repeating: [], count: intervals) }

  /// Adds what bends between the lanes of a group; those beyond the intervals are not looked at.
  mutating func add(_ kinks: [Kink], _ value: (Graph.ValueID) -> LanesView) {
    for kink in kinks {
      switch kink {
      case .thresholds(let id, let thresholds):
        for threshold in thresholds { add(value(id), passing: threshold) }
      case .ownThresholds(let id, let places, let thresholds):
        let values = value(id)
        for (place, threshold) in zip(places, thresholds) {
          add(crossingsOf: values[place] - threshold)
        }
      case .extremes(let id, let lists, let hasFloor, let isLargest):
        add(value(id), lists, hasFloor: hasFloor, sign: isLargest ? 1 : -1)
      case .crossings(let a, let placesOfA, let b, let placesOfB):
        let (a, b) = (value(a), value(b))
        for (placeOfA, placeOfB) in zip(placesOfA, placesOfB) {
          add(crossingsOf: a[placeOfA] - b[placeOfB])
        }
      }
    }
  }

  /// Where one element passes zero.
  private mutating func add(crossingsOf element: Vector) {
    for interval in shares.indices {
      let (here, there) = (element[interval], element[interval + 1])
      if (here < 0 && there > 0) || (here > 0 && there < 0) {
        shares[interval].append(here / (here - there))
      }
    }
  }

  private mutating func add(_ values: LanesView, passing threshold: Float) {
    let others = EndValues(values, shift: 1)
    let block = 16
    for start in stride(from: 0, to: values.count, by: block) {
      // Where signs differ, the product is negative; few blocks have any.
      var least = Vector.zero
      let end = min(start + block, values.count)
      for i in start..<end {
        let product = (values[i] - threshold) * (others[i] - threshold)
        least = product.replacing(with: least, where: least .<= product)
      }
      // Nothing lies behind the last lane.
      least[laneCount - 1] = 0
      guard least.min() < 0 else { continue }
      for i in start..<end { add(crossingsOf: values[i] - threshold) }
    }
  }

  private mutating func add(
    _ values: LanesView, _ lists: PlaceLists, hasFloor: Bool, sign: Float
  ) {
    let winners = Lanes([lists.count])
    defer { withExtendedLifetime(winners) {} }
    let view = winners.mutableView
    for list in 0..<lists.count {
      var largest = Vector(repeating: hasFloor ? 0 : -.infinity)
      var winner = Vector(repeating: -1)
      var number: Float = 0
      for index in lists[list] {
        let element = sign * values[Int(lists.places[index])]
        let wins = element .> largest
        largest.replace(with: element, where: wins)
        winner.replace(with: number, where: wins)
        number += 1
      }
      view[list] = winner
    }
    let others = EndValues(winners.view, shift: 1)
    for list in 0..<lists.count {
      var change = (view[list] - others[list]).magnitudes
      change[laneCount - 1] = 0
      guard change.max() > 0 else { continue }
      for interval in shares.indices where change[interval] > 0 {
        var lines = lists[list].map { index in
          let element = sign * values[Int(lists.places[index])]
          return Line(from: element[interval], to: element[interval + 1])
        }
        var first = Int(view[list][interval])
        if hasFloor {
          lines.append(Line(from: 0, to: 0))
          if first < 0 { first = lines.count - 1 }
        }
        shares[interval] += Line.changes(of: lines, first: first)
      }
    }
  }
}

/// An element on an interval.
private struct Line {
  let start: Double
  let way: Double

  init(from start: Float, to end: Float) {
    self.start = Double(start)
    way = Double(end) - Double(start)
  }

  /// Where the largest of the lines becomes another one; at 0 it is the `first`.
  static func changes(of lines: [Line], first: Int) -> [Float] {
    var changes: [Float] = []
    var current = lines[first]
    var position = 0.0
    while true {
      // The next to overtake is steeper; of several at one point the steepest stays.
      var next: (position: Double, line: Line)?
      for line in lines where line.way > current.way {
        let meeting = max(position, (current.start - line.start) / (line.way - current.way))
        guard meeting < 1 else { continue }
        if let known = next,
          (known.position, -known.line.way) <= (meeting, -line.way)
        {
          continue
        }
        next = (meeting, line)
      }
      guard let next else { return changes }
      changes.append(Float(next.position))
      (position, current) = (next.position, next.line)
    }
  }
}

extension KinkPoints {
  /// The points of an interval in ascending order, without its ends and without those that are
  /// as good as another.
  func points(in interval: Int) -> [Float] {
    var points: [Float] = []
    for share in shares[interval].sorted()
    where share - (points.last ?? 0) > Self.resolution && 1 - share > Self.resolution {
      points.append(share)
    }
    return points
  }

  /// What bends so near another point is treated as if it bent there, which changes the map by that
  /// share of the interval's part at most.
  private static let resolution: Float = 0x1p-22
}
