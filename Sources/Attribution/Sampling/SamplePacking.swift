import Tensors

/// Which lanes of which groups hold which samples, when several items have equally many samples.
///
/// ```
/// group 0   item 0, samples 0…15            whole groups first
/// group 1   item 1, samples 0…15
/// group 2   item 0, samples 16, 17 │ item 1, samples 16, 17 │ …      then what is left over
/// ```
///
/// So fifty samples of eight items take 25 groups, where four groups each would take 32.
struct SamplePacking: Sendable {
  private let itemCount: Int
  private let wholeBlocks: Int
  private let leftover: Int

  init(items: Int, samples: Int) {
    precondition(items > 0 && samples > 0, "\(samples) samples of \(items) items")
    itemCount = items
    wholeBlocks = samples / laneCount
    leftover = samples % laneCount
  }

  /// Neighbouring samples of one item in neighbouring lanes.
  struct Run: Sendable, Hashable {
    let item: Int

    /// The first sample of the block of sixteen that these are from, and where in it they start.
    let block: Int
    let offset: Int
    let count: Int

    /// The group's lane of the first.
    let lane: Int

    var fillsGroup: Bool { count == laneCount }
  }

  var groupCount: Int {
    itemCount * wholeBlocks + (itemCount * leftover + laneCount - 1) / laneCount
  }

  /// The runs of a group, by lane.
  func runs(of group: Int) -> [Run] {
    let wholeGroups = itemCount * wholeBlocks
    if group < wholeGroups {
      return [
        Run(
          item: group / wholeBlocks, block: group % wholeBlocks * laneCount, offset: 0,
          count: laneCount, lane: 0)
      ]
    }
    // The left-over samples of all items in one line, sixteen to a group.
    var place = (group - wholeGroups) * laneCount
    let end = min(place + laneCount, itemCount * leftover)
    var runs: [Run] = []
    var lane = 0
    while place < end {
      let offset = place % leftover
      let count = min(leftover - offset, end - place)
      runs.append(
        Run(
          item: place / leftover, block: wholeBlocks * laneCount, offset: offset, count: count,
          lane: lane))
      place += count
      lane += count
    }
    return runs
  }
}
