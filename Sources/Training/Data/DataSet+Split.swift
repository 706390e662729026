import Tensors

extension DataSet {
  /// Splits off a share of every class for validation.
  ///
  /// The same seed splits the same set the same way. Both parts keep the order of the whole, and
  /// each class gives the nearest whole number of samples, at least one to each part.
  public func split(
    validation share: Double, seed: UInt64
  ) throws(DataSetError) -> (training: DataSet, validation: DataSet) {
    precondition(share > 0 && share < 1, "a share of \(share) for validation")
    var isHeldOut = Array(repeating: false, count: count)
    for (label, name) in classes.enumerated() {
      let members = labels.indices.filter { labels[$0] == label }
      guard members.count >= 2 else { throw .tooFewToSplit(name: name, count: members.count) }
      var random = CounterRandom(seed: seed, Purpose.split, UInt32(label))
      let held = min(max(1, Int((Double(members.count) * share).rounded())), members.count - 1)
      for place in random.permutation(of: members.count).prefix(held) {
        isHeldOut[members[place]] = true
      }
    }
    return (
      subset(labels.indices.filter { !isHeldOut[$0] }),
      subset(labels.indices.filter { isHeldOut[$0] })
    )
  }
}

/// What a stream of random numbers is for; the first counter of every stream that training draws.
enum Purpose {
  static let split: UInt32 = 1
  static let order: UInt32 = 2
  static let augmentation: UInt32 = 3
  static let layers: UInt32 = 4
  static let initialization: UInt32 = 5
}
