/// Which boxes stand side by side, and in which order from the left.
///
/// The layered drawing of Sugiyama, Tagawa and Toda (1981): boxes get ranks along the longest path,
/// an arrow over several ranks gets a way point on each, and way points and boxes of a rank are
/// sorted by the mean place of their neighbours, up and down in turns. Arrows that leave the same
/// box share their way points, so that a value with many readers is one line that branches.
struct DiagramLayers {
  /// A box, or a way point of the arrows of one box.
  struct Item {
    let box: Int?

    /// The box, or the one whose arrows pass here.
    let source: Int
    let rank: Int
    var above: [Int] = []
    var below: [Int] = []
  }

  private(set) var items: [Item] = []

  /// The items of each rank, from the left.
  private(set) var ranks: [[Int]]

  /// For each arrow the items it passes, both boxes included.
  private(set) var routes: [[Int]] = []

  init(boxCount: Int, arrows: [Diagram.Arrow]) {
    var rankOfBox = Array(repeating: 0, count: boxCount)
    for arrow in arrows.sorted(by: { $0.to < $1.to }) {
      rankOfBox[arrow.to] = max(rankOfBox[arrow.to], rankOfBox[arrow.from] + 1)
    }
    ranks = Array(repeating: [], count: (rankOfBox.max() ?? 0) + 1)
    for (box, rank) in rankOfBox.enumerated() { add(Item(box: box, source: box, rank: rank)) }
    var wayPoints: [[Int]: Int] = [:]
    for arrow in arrows {
      var route = [arrow.from]
      for rank in rankOfBox[arrow.from] + 1..<max(rankOfBox[arrow.to], rankOfBox[arrow.from] + 1) {
        let key = [arrow.from, rank]
        if let known = wayPoints[key] {
          route.append(known)
          continue
        }
        wayPoints[key] = items.count
        route.append(items.count)
        add(Item(box: nil, source: arrow.from, rank: rank))
        connect(route[route.count - 2], route[route.count - 1])
      }
      connect(route[route.count - 1], arrow.to)
      routes.append(route + [arrow.to])
    }
    let (above, below) = (items.map(\.above), items.map(\.below))
    var places = Array(repeating: 0.0, count: items.count)
    for _ in 0..<8 {
      for rank in ranks.indices.dropFirst() { sort(rank, by: above, &places) }
      for rank in ranks.indices.dropLast().reversed() { sort(rank, by: below, &places) }
    }
  }

  private mutating func add(_ item: Item) {
    ranks[item.rank].append(items.count)
    items.append(item)
  }

  private mutating func connect(_ above: Int, _ below: Int) {
    guard !items[above].below.contains(below) else { return }
    items[above].below.append(below)
    items[below].above.append(above)
  }

  /// Sorts a rank by the mean place of its neighbours; who has none keeps the place. Of `place`, only
  /// what stands in the ranks beside this one is written and read.
  private mutating func sort(_ rank: Int, by neighbours: [[Int]], _ place: inout [Double]) {
    for other in [rank - 1, rank + 1] where ranks.indices.contains(other) {
      let middle = Double(ranks[other].count - 1) / 2
      for (index, item) in ranks[other].enumerated() { place[item] = Double(index) - middle }
    }
    let ownMiddle = Double(ranks[rank].count - 1) / 2
    let keys = ranks[rank].enumerated().map { index, item in
      let around = neighbours[item]
      let mean = around.reduce(0) { $0 + place[$1] } / Double(max(1, around.count))
      return (key: around.isEmpty ? Double(index) - ownMiddle : mean, index: index, item: item)
    }
    ranks[rank] = keys.sorted { ($0.key, $0.index) < ($1.key, $1.index) }.map(\.item)
  }
}
