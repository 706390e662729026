/// Sets that are joined until enough are one.
///
/// Each place points on towards its set's root; a root holds minus the size.
struct DisjointSets {
  private var links: [Int32]

  init(count: Int) { links = Array(repeating: -1, count: count) }

  /// The root of a place's set; the way there is halved.
  mutating func root(of place: Int) -> Int {
    var place = place
    while links[place] >= 0 {
      let next = Int(links[place])
      if links[next] >= 0 { links[place] = links[next] }
      place = next
    }
    return place
  }

  func size(_ root: Int) -> Int { -Int(links[root]) }

  /// Joins the sets of two roots, the smaller one under the larger; the root of both.
  mutating func join(_ a: Int, _ b: Int) -> Int {
    let (large, small) = links[a] <= links[b] ? (a, b) : (b, a)
    links[large] += links[small]
    links[small] = Int32(large)
    return large
  }

  /// The root of every place.
  mutating func roots() -> [Int] { links.indices.map { root(of: $0) } }
}
