import Tensors

/// The straight way from a baseline to an input: the item of methods that walk it.
struct BaselineLine: Sendable {
  /// The subject's number in its block.
  let subject: Int
  let start: [Float]

  /// Input minus baseline.
  let difference: [Float]

  init(subject: Int, from start: [Float], to end: [Float]) {
    precondition(start.count == end.count, "a baseline of \(start.count) for \(end.count) values")
    self.subject = subject
    self.start = start
    difference = zip(end, start).map { $0 - $1 }
  }

  /// The points at sixteen positions.
  func fill(_ inputs: MutableLanesView, at positions: Vector) {
    for i in 0..<inputs.count { inputs[i] = start[i] + positions * difference[i] }
  }

  /// The lines of a block of subjects, those of one subject in sequence.
  static func lines(
    _ subjects: [Subject], _ baselines: BaselineSet, _ shape: Shape, _ context: MethodContext
  ) throws(MethodError) -> [BaselineLine] {
    var lines: [BaselineLine] = []
    for (number, subject) in subjects.enumerated() {
      for start in try baselines.inputs(for: subject, shape, context) {
        lines.append(BaselineLine(subject: number, from: start, to: subject.values))
      }
    }
    return lines
  }
}

extension [BaselineLine] {
  /// What the maps of `count` subjects should add up to: the mean over a subject's baselines of
  /// `f(x) − f(x′)`; with the number of inputs that were scored for each subject.
  func expectations(
    _ subjects: [Subject], on model: any Scorer
  ) -> (values: [Double], evaluations: [Int]) {
    let inputs = subjects.map(\.values) + map(\.start)
    let targets = subjects.map(\.target) + map { subjects[$0.subject].target }
    let scores = model.scores(of: inputs, targets: targets)
    var sums = [Double](repeating: 0, count: subjects.count)
    var counts = [Int](repeating: 0, count: subjects.count)
    for (line, score) in zip(self, scores[subjects.count...]) {
      sums[line.subject] += scores[line.subject] - score
      counts[line.subject] += 1
    }
    return (zip(sums, counts).map { $0 / Double($1) }, counts.map { $0 + 1 })
  }
}
