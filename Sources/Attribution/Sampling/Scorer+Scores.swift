import Tensors

extension Scorer {
  /// The scores of inputs, one for each, sixteen at a time.
  func scores(of inputs: [[Float]], targets: [Target]) -> [Double] {
    precondition(inputs.count == targets.count, "\(inputs.count) inputs, \(targets.count) targets")
    var scores: [Double] = []
    evaluate(groups: groupCount(inputs.count)) { group, lanes in
      for lane in 0..<laneCount {
        let index = group * laneCount + lane
        lanes.setSample(lane, to: inputs[index < inputs.count ? index : group * laneCount])
      }
    } read: { group, logits in
      for index in group * laneCount..<min(inputs.count, (group + 1) * laneCount) {
        scores.append(Double(targets[index].score(logits, lane: index - group * laneCount)))
      }
    }
    return scores
  }
}

extension [Subject] {
  /// Calls `body` for so many subjects at a time that `bytesEach` of memory for each stay below
  /// 256 MB together, at least one and at most sixteen, and joins the results.
  func inBlocks<Result>(
    bytesEach: Int, _ body: ([Subject]) throws -> [Result]
  ) rethrows -> [Result] {
    let size = Swift.min(laneCount, Swift.max(1, (256 << 20) / Swift.max(1, bytesEach)))
    var results: [Result] = []
    for start in stride(from: 0, to: count, by: size) {
      results += try body(Array(self[start..<Swift.min(count, start + size)]))
    }
    return results
  }
}
