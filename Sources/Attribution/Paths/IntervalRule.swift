import Networks
import Tensors

/// How the mean gradient over intervals of a path is found from what lanes hold at their ends.
///
/// Each has a finer partition and, made of the same forward pass, two coarser ones: the intervals in
/// pairs, starting with the first or with the second. How far the maps of these are from that of
/// the finer one is the estimate of its error.
enum IntervalRule: Sendable {
  /// Multipliers between neighbouring nodes (``SecantRule``). Exact in the first layer and
  /// complete on every interval.
  case secant

  /// The mean of the gradients at both ends: for networks with layers that have no multipliers.
  case trapezoid

  init(_ model: NetworkModel, _ targets: [Target]) {
    let hasCurvedScore = targets.contains {
      switch $0 {
      case .probability: true
      case .logit, .contrast: false
      }
    }
    self = hasCurvedScore || SecantRule.obstacle(model) != nil ? .trapezoid : .secant
  }

  /// One pass back and what lanes count in the partitions' sums.
  struct Pass {
    let rule: SecantRule?
    let weights: PartitionWeights
  }

  /// The passes for lanes that hold `segments` of nodes side by side.
  func passes(_ segments: [[Double]]) -> [Pass] {
    switch self {
    case .secant:
      var near = PartitionWeights()
      var far = PartitionWeights()
      for (number, nodes) in segments.enumerated() {
        let (first, last) = (number * nodes.count, nodes.count - 1)
        func length(_ lane: Int, _ steps: Int) -> Float { Float(nodes[lane + steps] - nodes[lane]) }
        for lane in 0..<last { near.fine[first + lane] = length(lane, 1) }
        // The intervals that are left over when an odd number goes in pairs.
        near.even[first + last - 1] = length(last - 1, 1)
        near.odd[first] = length(0, 1)
        for lane in stride(from: 0, to: last - 1, by: 2) {
          far.even[first + lane] = length(lane, 2)
        }
        for lane in stride(from: 1, to: last - 1, by: 2) { far.odd[first + lane] = length(lane, 2) }
      }
      return [
        Pass(rule: SecantRule(.lane(shift: 1)), weights: near),
        Pass(rule: SecantRule(.lane(shift: 2)), weights: far),
      ]
    case .trapezoid:
      var weights = PartitionWeights()
      for (number, nodes) in segments.enumerated() {
        let (first, last) = (number * nodes.count, nodes.count - 1)
        func add(_ sum: inout Vector, _ chosen: [Int]) {
          for (a, b) in zip(chosen, chosen.dropFirst()) {
            sum[first + a] += Float(nodes[b] - nodes[a]) / 2
            sum[first + b] += Float(nodes[b] - nodes[a]) / 2
          }
        }
        add(&weights.fine, Array(0...last))
        add(&weights.even, Array(stride(from: 0, to: last, by: 2)) + [last])
        add(&weights.odd, [0] + Array(stride(from: 1, through: last, by: 2)))
      }
      return [Pass(rule: nil, weights: weights)]
    }
  }
}

/// What each lane counts in the sums of the three partitions.
struct PartitionWeights: Sendable {
  var fine = Vector.zero
  var even = Vector.zero
  var odd = Vector.zero
}

/// Sums of gradients over the lanes of one path: one for each partition.
struct PartitionSums: Sendable {
  var fine: [Float]
  var even: [Float]
  var odd: [Float]

  init(count: Int) {
    fine = Array(repeating: 0, count: count)
    even = fine
    odd = fine
  }

  mutating func add(_ other: PartitionSums) {
    for i in fine.indices {
      fine[i] += other.fine[i]
      even[i] += other.even[i]
      odd[i] += other.odd[i]
    }
  }

  /// Adds the weighted lanes of `gradient`: lanes 0…7, 8…15, or all.
  mutating func add(
    _ gradient: LanesView, _ weights: PartitionWeights, _ part: LanePart, _ variant: KernelVariant
  ) {
    func add(_ weights: Vector, to sums: inout [Float]) {
      let weights = part.taken(from: weights)
      guard weights != .zero else { return }
      LaneSumsKernel.add(gradient, weights: weights, to: &sums, variant: variant)
    }
    add(weights.fine, to: &fine)
    add(weights.even, to: &even)
    add(weights.odd, to: &odd)
  }
}

/// Which lanes a path occupies in a group.
enum LanePart: Sendable {
  case low
  case high
  case all

  /// The lanes' elements, and zeros elsewhere.
  fileprivate func taken(from vector: Vector) -> Vector {
    switch self {
    case .low: Vector(lowHalf: vector.lowHalf, highHalf: .zero)
    case .high: Vector(lowHalf: .zero, highHalf: vector.highHalf)
    case .all: vector
    }
  }
}
