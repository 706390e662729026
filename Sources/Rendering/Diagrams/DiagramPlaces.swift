/// Where the items of layers stand from left to right: as near below their neighbours as the
/// others of their rank allow, lines straighter than boxes centred.
struct DiagramPlaces {
  /// The middle of each item.
  private(set) var centers: [Double]

  init(_ layers: DiagramLayers, widths: [Double], gap: Double) {
    centers = Array(repeating: 0, count: layers.items.count)
    for rank in layers.ranks {
      var edge = 0.0
      for item in rank {
        centers[item] = edge + widths[item] / 2
        edge += widths[item] + gap
      }
      for item in rank { centers[item] -= (edge - gap) / 2 }
    }
    for round in 0..<24 {
      let isDownward = round % 2 == 0
      let order = isDownward ? Array(layers.ranks.indices) : layers.ranks.indices.reversed()
      for rank in order {
        place(layers.ranks[rank], layers, widths, gap) { item in
          if round >= 20 { return item.above + item.below }
          return isDownward ? item.above : item.below
        }
      }
    }
    let left = layers.items.indices.map { centers[$0] - widths[$0] / 2 }.min() ?? 0
    for item in centers.indices { centers[item] -= left }
  }

  /// Moves the items of a rank to the weighted mean of their neighbours, or as near as their order
  /// and widths allow: least squares under `x[i + 1] − x[i] ≥ distance`, solved by joining
  /// neighbours that would overlap.
  private mutating func place(
    _ rank: [Int], _ layers: DiagramLayers, _ widths: [Double], _ gap: Double,
    _ neighbours: (DiagramLayers.Item) -> [Int]
  ) {
    struct Block {
      var weight: Double
      var sum: Double
      var count: Int
      var mean: Double { sum / weight }
    }
    var blocks: [Block] = []
    var offsets: [Double] = []
    var offset = 0.0
    for (index, item) in rank.enumerated() {
      if index > 0 { offset += (widths[rank[index - 1]] + widths[item]) / 2 + gap }
      offsets.append(offset)
      var (weight, sum) = (0.01, 0.01 * centers[item])
      for neighbour in neighbours(layers.items[item]) {
        let pull = Self.pull(layers.items[item], layers.items[neighbour])
        weight += pull
        sum += pull * centers[neighbour]
      }
      blocks.append(Block(weight: weight, sum: sum - weight * offset, count: 1))
      while blocks.count > 1, blocks[blocks.count - 2].mean > blocks[blocks.count - 1].mean {
        let last = blocks.removeLast()
        blocks[blocks.count - 1].weight += last.weight
        blocks[blocks.count - 1].sum += last.sum
        blocks[blocks.count - 1].count += last.count
      }
    }
    var index = 0
    for block in blocks {
      for _ in 0..<block.count {
        centers[rank[index]] = block.mean + offsets[index]
        index += 1
      }
    }
  }

  /// How much two neighbours want to stand below each other.
  private static func pull(_ a: DiagramLayers.Item, _ b: DiagramLayers.Item) -> Double {
    switch (a.box, b.box) {
    case (nil, nil): 8
    case (nil, .some), (.some, nil): 2
    case (.some, .some): 1
    }
  }
}
