import Tensors

extension [Subject] {
  /// The subjects that stand in a group when each takes one lane.
  func inGroup(_ group: Int) -> ArraySlice<Subject> {
    self[group * laneCount..<Swift.min(count, (group + 1) * laneCount)]
  }

  /// Puts the group's subjects into the lanes; lanes left over repeat the first, so that nothing
  /// unusual is computed in them.
  func fill(_ inputs: MutableLanesView, group: Int) {
    let subjects = inGroup(group)
    for lane in 0..<laneCount {
      inputs.setSample(
        lane, to: (subjects.dropFirst(lane).first ?? subjects[subjects.startIndex]).values)
    }
  }

  /// Puts the gradients of the group's scores into the lanes.
  func seed(_ logits: LanesView, _ dLogits: MutableLanesView, group: Int) {
    let subjects = inGroup(group)
    for lane in 0..<laneCount {
      let subject = subjects.dropFirst(lane).first ?? subjects[subjects.startIndex]
      subject.target.writeSeed(logits, lane: lane, into: dLogits)
    }
  }
}
