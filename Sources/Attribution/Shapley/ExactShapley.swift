/// Shapley values of a game whose every coalition is known.
///
/// ```
/// φᵢ = Σ over S without i of |S|! (M − 1 − |S|)! / M! · (v(S + i) − v(S))
/// ```
///
/// Reference: Shapley, "A value for n-person games", 1953.
enum ExactShapley {
  /// - Parameter worth: the worth of each coalition; bit `i` of the index says whether player `i` is
  ///   in it.
  static func values(players: Int, worth: [Double]) -> [Double] {
    precondition(worth.count == 1 << players, "\(worth.count) coalitions of \(players) players")
    let weights = weights(players)
    return (0..<players).map { player in
      let own = 1 << player
      var sum = 0.0
      for coalition in worth.indices where coalition & own == 0 {
        sum += weights[coalition.nonzeroBitCount] * (worth[coalition | own] - worth[coalition])
      }
      return sum
    }
  }

  /// `k! (M − 1 − k)! / M!` for each size k of a coalition without the player.
  private static func weights(_ players: Int) -> [Double] {
    guard players > 0 else { return [] }
    var weights = [1 / Double(players)]
    for size in 1..<players {
      weights.append(weights[size - 1] * Double(size) / Double(players - size))
    }
    return weights
  }
}
