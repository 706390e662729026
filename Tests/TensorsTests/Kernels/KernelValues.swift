@testable import Tensors

/// Numbers for kernels to work on, the same in every run.
struct KernelValues {
  private var random: CounterRandom

  init(seed: UInt64) { random = CounterRandom(seed: seed) }

  mutating func normal(_ count: Int) -> [Float] { (0..<count).map { _ in random.normal() } }

  /// Sixteen samples, the last of them with unlikely numbers if fewer are active.
  mutating func samples(of count: Int, active: Int = laneCount, others: Float = .nan) -> [[Float]] {
    (0..<laneCount).map { lane in
      lane < active ? normal(count) : [Float](repeating: others, count: count)
    }
  }
}

extension Lanes {
  init(_ samples: [[Float]]) { self.init([samples[0].count], samples: samples) }

  /// Memory that nobody has cleaned.
  static func dirty(_ count: Int) -> Lanes {
    let lanes = Lanes([max(1, count)])
    lanes.mutableView.fill(Vector(repeating: .nan))
    return lanes
  }

  /// One sample's numbers; the memory lives until they are copied.
  func values(ofSample lane: Int) -> [Float] {
    withExtendedLifetime(self) { view.sample(lane) }
  }
}
