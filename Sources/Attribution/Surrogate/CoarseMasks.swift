import Tensors

/// Masks of ``Rise``: a coarse grid of coin tosses, enlarged bilinearly to one cell more than the
/// image needs, and cut out at a random place.
///
/// Mask `k` is a function of the seed, the image and `k`.
struct CoarseMasks: Sendable {
  private let cells: Int
  private let probability: Float
  private let height: Int
  private let width: Int
  private let seed: UInt64
  private let key: UInt64

  init(
    cells: Int, probability: Double, _ planes: ChannelPlanes, seed: UInt64, key: UInt64
  ) {
    self.cells = cells
    self.probability = Float(probability)
    height = planes.height
    width = planes.width
    self.seed = seed
    self.key = key
  }

  /// Masks `first ..< first + 16` into the lanes.
  func fill(_ masks: MutableLanesView, first: Int) {
    for lane in 0..<laneCount {
      var random = CounterRandom(
        seed: seed, UInt32(truncatingIfNeeded: key), UInt32(truncatingIfNeeded: key >> 32),
        UInt32(first + lane))
      let grid = (0..<cells * cells).map { _ in random.uniform() < probability ? Float(1) : 0 }
      let rows = axis(height, &random)
      let columns = axis(width, &random)
      for (row, (top, down)) in rows.enumerated() {
        let bottom = min(top + 1, cells - 1)
        for (column, (left, across)) in columns.enumerated() {
          let right = min(left + 1, cells - 1)
          let above = Self.between(grid[top * cells + left], grid[top * cells + right], across)
          let below = Self.between(
            grid[bottom * cells + left], grid[bottom * cells + right], across)
          masks[row * width + column][lane] = Self.between(above, below, down)
        }
      }
    }
  }

  private static func between(_ a: Float, _ b: Float, _ share: Float) -> Float {
    a + share * (b - a)
  }

  /// For each pixel along a side the cell before it and how far it is on the way to the next.
  private func axis(_ length: Int, _ random: inout CounterRandom) -> [(cell: Int, share: Float)] {
    let cell = (length + cells - 1) / cells
    let shift = random.below(cell)
    let enlarged = Float((cells + 1) * cell)
    return (0..<length).map { pixel in
      let place = (Float(pixel + shift) + 0.5) * Float(cells) / enlarged - 0.5
      let held = min(max(place, 0), Float(cells - 1))
      return (Int(held), held - Float(Int(held)))
    }
  }
}
