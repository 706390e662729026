import Tensors

/// Random orders of players, each with its reverse, and the coalitions that form along them.
///
/// Pair `p` is a function of the seed, the image and `p`.
struct PermutationPairs: Sendable {
  let players: Int
  let seed: UInt64
  let key: UInt64

  /// The pairs in blocks whose masks take less than 32 MB.
  func blocks(_ pairs: Range<Int>) -> [Range<Int>] {
    let size = max(1, (128 << 20) / max(1, players * players))
    return stride(from: pairs.lowerBound, to: pairs.upperBound, by: size).map {
      $0..<min($0 + size, pairs.upperBound)
    }
  }

  /// The order of pair `p`: who joins first, second, …
  func order(_ pair: Int) -> [Int] {
    var random = CounterRandom(
      seed: seed, UInt32(truncatingIfNeeded: key), UInt32(truncatingIfNeeded: key >> 32),
      UInt32(pair))
    return random.permutation(of: players)
  }

  /// The coalitions of some pairs: for each the first 1, 2, … M − 1 players of its order, then the
  /// last 1, 2, … M − 1. Those of nobody and of everybody are the same in all orders.
  func masks(_ pairs: Range<Int>) -> SampleMasks {
    var masks = SampleMasks(segments: players)
    var rank = Array(repeating: 0, count: players)
    for pair in pairs {
      for (place, player) in order(pair).enumerated() { rank[player] = place }
      for size in 1..<max(1, players) { masks.append { rank[$0] < size } }
      for size in 1..<max(1, players) { masks.append { rank[$0] >= players - size } }
    }
    return masks
  }

  /// What each player adds, the mean of an order and its reverse, pair by pair.
  ///
  /// - Parameter scores: the scores of the ``masks(_:)`` of these pairs.
  func forEachContribution(
    _ pairs: Range<Int>, _ scores: [Double], off: Double, on: Double, _ body: ([Double]) -> Void
  ) {
    precondition(
      scores.count == pairs.count * 2 * (players - 1),
      "\(scores.count) scores of \(pairs.count) pairs of orders of \(players)")
    var contributions = Array(repeating: 0.0, count: players)
    for (index, pair) in pairs.enumerated() {
      let order = order(pair)
      let start = index * 2 * (players - 1)
      func worth(_ size: Int, from start: Int) -> Double {
        size == 0 ? off : size == players ? on : scores[start + size - 1]
      }
      for place in 0..<players {
        let forward = worth(place + 1, from: start) - worth(place, from: start)
        let back = start + players - 1
        let size = players - place
        let backward = worth(size, from: back) - worth(size - 1, from: back)
        contributions[order[place]] = (forward + backward) / 2
      }
      body(contributions)
    }
  }
}
