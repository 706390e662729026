/// The path of guided integrated gradients, step by step.
///
/// In each step the elements with the smallest gradients go on, until the way still to go (in the sum
/// of magnitudes) is that of the straight path; none gets further from the straight path than a
/// share of the whole way. Calculated in `Double`, because elements are chosen by comparing.
struct GuidedPath {
  private let start: [Double]
  private let end: [Double]
  private let steps: Int
  private let fraction: Double
  private let maximumDistance: Double

  private(set) var position: [Double]

  /// What has been added up so far: changes times gradients.
  private(set) var map: [Double]
  private let length: Double

  init(
    from start: [Float], to end: [Float], steps: Int, fraction: Double, maximumDistance: Double
  ) {
    self.start = start.map(Double.init)
    self.end = end.map(Double.init)
    self.steps = steps
    self.fraction = fraction
    self.maximumDistance = maximumDistance
    position = self.start
    map = Array(repeating: 0, count: start.count)
    length = Self.distance(self.start, self.end)
  }

  /// Goes one step, `step` counted from zero, with the gradient at ``position``.
  mutating func advance(_ step: Int, gradient: [Float]) {
    guard length > 0 else { return }
    let share = Double(step + 1) / Double(steps)
    let lowest = max(share - maximumDistance, 0)
    let highest = min(share + maximumDistance, 1)
    let limits = zip(start, end).map { $0 + ($1 - $0) * highest }
    let goal = length * (1 - share)
    var sizes = gradient.map { Double(abs($0)) }
    // Each round but the last brings an element to its limit.
    for _ in 0...position.count {
      let before = position
      keepUp(with: lowest)
      let distance = Self.distance(position, end)
      if Self.isClose(distance, goal) {
        add(from: before, gradient)
        return
      }
      for i in position.indices where position[i] == limits[i] { sizes[i] = .infinity }
      let threshold = Self.lowerQuantile(sizes, fraction)
      let chosen = position.indices.filter { sizes[$0] <= threshold && sizes[$0] < .infinity }
      let reach = chosen.reduce(0) { $0 + abs(position[$1] - limits[$1]) }
      let part = reach > 0 ? (distance - goal) / reach : .infinity
      for i in chosen {
        position[i] = part > 1 ? limits[i] : position[i] + (limits[i] - position[i]) * part
      }
      add(from: before, gradient)
      if part <= 1 || chosen.isEmpty { return }
    }
  }

  /// Takes along the elements that stayed too far behind.
  private mutating func keepUp(with share: Double) {
    for i in position.indices where end[i] != start[i] {
      let way = end[i] - start[i]
      if (position[i] - start[i]) / way < share { position[i] = start[i] + way * share }
    }
  }

  private mutating func add(from before: [Double], _ gradient: [Float]) {
    for i in map.indices { map[i] += (position[i] - before[i]) * Double(gradient[i]) }
  }

  private static func distance(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + abs($1.0 - $1.1) }
  }

  private static func isClose(_ a: Double, _ b: Double) -> Bool {
    abs(a - b) <= max(1e-9 * max(abs(a), abs(b)), 1e-9)
  }

  /// The element that a share of the others lies below, of two the lower one.
  private static func lowerQuantile(_ values: [Double], _ share: Double) -> Double {
    values.sorted()[Int(share * Double(values.count - 1))]
  }
}
