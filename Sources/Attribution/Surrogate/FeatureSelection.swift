/// Which segments a surrogate may use.
public enum FeatureSelection: Sendable, Hashable {
  case all

  /// Those with the largest coefficients in a first fit of all, with hardly any penalty.
  case largest(Int)

  /// One after the other, each time the one that explains most together with those before.
  case forward(Int)
}

extension FeatureSelection {
  /// The chosen segments, in ascending order.
  ///
  /// Where several are as good, the first is taken.
  func choice(_ equations: NormalEquations) -> [Int] {
    let all = Array(0..<equations.segments)
    switch self {
    case .all: return all
    case .largest(let count):
      if count >= all.count { return all }
      let sizes = equations.fit(.ridge(0.01), on: all).coefficients.map(abs)
      return all.sorted { (-sizes[$0], $0) < (-sizes[$1], $1) }.prefix(count).sorted()
    case .forward(let count):
      if count >= all.count { return all }
      var chosen: [Int] = []
      for _ in 0..<count {
        let errors = all.filter { !chosen.contains($0) }.map { segment in
          let places = (chosen + [segment]).sorted()
          return (
            error: equations.squaredResiduals(equations.fit(.none, on: places)), segment: segment
          )
        }
        guard let best = errors.min(by: { ($0.error, $0.segment) < ($1.error, $1.segment) }) else {
          break
        }
        chosen.append(best.segment)
      }
      return chosen.sorted()
    }
  }
}
