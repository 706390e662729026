import Attribution
import Segmentation
import Tensors

/// A function of pixels that are on or off, with effects of single ones, of pairs and of threes: what
/// methods on segments are tested on.
struct InteractionGame: Sendable {
  let players: Int

  var model: ToyModel {
    let players = players
    return ToyModel([1, 1, players]) { x in
      var score = 1.0
      for i in 0..<players {
        score += Double(i % 5 - 2) * x[i]
        for j in 0..<i {
          let pair: Double = x[i] * x[j]
          score += Double((3 * i + 5 * j) % 7 - 3) * pair / 2
          for k in 0..<j {
            let weight = Double((i + 2 * j + 3 * k) % 5 - 2)
            score += weight * pair * x[k] / 3
          }
        }
      }
      return [score]
    } gradients: {
      [$0]
    }
  }

  var subject: Subject {
    Subject(values: Array(repeating: 1, count: players), target: .logit(0))
  }

  func map(_ method: any ScoreMethod, seed: UInt64 = 1) throws -> Attribution {
    try method.attribute(
      [subject], on: model,
      context: MethodContext(
        seed: seed, space: .unit(channels: 1), name: "game", settings: [],
        labelMap: LabelMap(grid: players, height: 1, width: players)))[0]
  }

  /// In how many of 1,000 cases, a seed each, the 95 % interval of one value holds the exact one.
  func coverage(_ exact: [Double], _ method: any ScoreMethod) throws -> Int {
    var covered = 0
    for seed in 0..<1000 {
      let record = try map(method, seed: UInt64(seed)).record
      let values = record.segments ?? []
      let factor = record.measurements.first { $0.name == "interval-factor" }?.value ?? 1.959964
      let player = seed % players
      let distance = abs(Double(values[player].value) - exact[player])
      if distance <= factor * Double(values[player].standardError ?? 0) { covered += 1 }
    }
    return covered
  }
}
