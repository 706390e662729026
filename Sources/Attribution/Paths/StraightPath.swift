import Tensors

/// A straight path from a baseline to an input, behind the network's ``AffinePrefix``.
struct StraightPath: Sendable {
  let line: BaselineLine
  let target: Target

  /// Where it starts, and the way to its end.
  let start: [Float]
  let way: [Float]

  /// Where units of the first layer flip: positions between 0 and 1, in ascending order.
  private let flips: [Double]

  /// Whether so many units flip that the error of a map is a sum of many small ones.
  var hasManyFlips: Bool { flips.count >= 1000 }

  init(
    _ line: BaselineLine, target: Target, from start: [Float], to end: [Float], kinks: [Float]
  ) {
    self.line = line
    self.target = target
    self.start = start
    way = zip(end, start).map { $0 - $1 }
    var flips: [Double] = []
    for kink in kinks {
      for (a, b) in zip(start, end) where (a < kink) != (b < kink) {
        flips.append(Double(kink - a) / Double(b - a))
      }
    }
    self.flips = flips.sorted()
  }

  /// The ends of `count` intervals: the quantiles of a mixture of the flips, two parts, and the
  /// uniform distribution, one part.
  ///
  /// Gradients change where units flip, so intervals are short where many do. The uniform part keeps
  /// an eye on the rest, whose units flip elsewhere.
  func nodes(intervals count: Int) -> [Double] {
    guard !flips.isEmpty else { return (0...count).map { Double($0) / Double(count) } }
    // The distribution function at position a is (2 · share of flips up to a + a) / 3: straight
    // between flips, with a step of `step` at each.
    let step = 2 / (3 * Double(flips.count))
    var nodes = [0.0]
    var passed = 0
    for k in 1..<count {
      let quantile = Double(k) / Double(count)
      // Flips that lie wholly before the quantile.
      while passed < flips.count, flips[passed] / 3 + Double(passed + 1) * step <= quantile {
        passed += 1
      }
      let position = 3 * (quantile - Double(passed) * step)
      let next = passed < flips.count ? flips[passed] : 1
      nodes.append(min(max(position, nodes[k - 1]), next))
    }
    return nodes + [1]
  }
}

extension PathSpace {
  /// The paths of all lines; what several have in common is computed once.
  func paths(_ lines: [BaselineLine], _ subjects: [Subject]) -> [StraightPath] {
    var inputs = subjects.map(\.values)
    var starts: [Int] = []
    for line in lines {
      if let known = inputs.dropFirst(subjects.count).firstIndex(of: line.start) {
        starts.append(known)
      } else {
        starts.append(inputs.count)
        inputs.append(line.start)
      }
    }
    let values = values(of: inputs)
    return zip(lines, starts).map { line, start in
      StraightPath(
        line, target: subjects[line.subject].target, from: values[start],
        to: values[line.subject], kinks: prefix.kinks)
    }
  }
}
