import Tensors

/// Inputs of which rectangles are changed, one after the other: what occlusion and ablation evaluate.
///
/// A model that knows what a rectangle reaches need not compute the rest again.
public struct InputChanges: Sendable {
  /// The inputs as they are, `[C, H, W]`.
  public let inputs: [[Float]]

  /// How many changes each has.
  public let counts: [Int]

  /// Whether the rectangles of all inputs are the same.
  public let sharePlaces: Bool

  /// What a change covers, of which input.
  let place: @Sendable (_ input: Int, _ change: Int) -> PixelArea

  /// Writes the changed values; what it leaves is as in the input.
  let write: @Sendable (_ input: Int, _ change: Int, _ patch: LanePatch) -> Void

  /// For each input, which changes make a difference. The others (black on black) need not be
  /// evaluated: their scores are the input's, to the bit.
  let differ: [[Bool]]

  /// - Parameter differs: whether a change makes a difference; taken for granted, if not given.
  public init(
    _ inputs: [[Float]], counts: [Int], sharePlaces: Bool,
    differs: (_ input: Int, _ change: Int) -> Bool = { _, _ in true },
    place: @escaping @Sendable (_ input: Int, _ change: Int) -> PixelArea,
    write: @escaping @Sendable (_ input: Int, _ change: Int, _ patch: LanePatch) -> Void
  ) {
    precondition(inputs.count == counts.count, "\(counts.count) counts of \(inputs.count) inputs")
    self.inputs = inputs
    self.counts = counts
    self.sharePlaces = sharePlaces
    self.place = place
    self.write = write
    differ = counts.enumerated().map { input, count in (0..<count).map { differs(input, $0) } }
  }

  /// How many evaluations an input takes: itself, and each change that makes a difference.
  func evaluations(of input: Int) -> Int { differ[input].reduce(1) { $0 + ($1 ? 1 : 0) } }
}

/// A rectangle of pixels.
public typealias PixelArea = (rows: Range<Int>, columns: Range<Int>)

/// One lane of a rectangle of an input, in all its channels, to be written.
public struct LanePatch {
  let view: MutableLanesView
  let lane: Int
  let area: PixelArea

  /// The sides of the whole input.
  let height: Int
  let width: Int

  /// Copies a part of an input that lies in the rectangle, or those pixels of it (counted row by row
  /// through the whole input) that are to be copied.
  public func copy(
    _ values: [Float], _ part: PixelArea, where isCopied: (_ pixel: Int) -> Bool = { _ in true }
  ) {
    let plane = area.rows.count * area.columns.count
    for channel in 0..<view.count / plane {
      for row in part.rows {
        let from = (channel * height + row) * width
        let to =
          channel * plane + (row - area.rows.lowerBound) * area.columns.count
          - area.columns.lowerBound
        for column in part.columns where isCopied(row * width + column) {
          view[to + column][lane] = values[from + column]
        }
      }
    }
  }
}

extension Scorer {
  /// Scores the inputs and their changes, sixteen whole inputs at a time.
  ///
  /// - Parameters:
  ///   - inputs: the numbers of those to score; all, if not given.
  ///   - read: gets the logits of an input (`change` is nothing) or of a change of it.
  func evaluateWhole(
    _ changes: InputChanges, inputs: [Int]? = nil,
    read: (_ input: Int, _ change: Int?, _ logits: LanesView, _ lane: Int) -> Void
  ) {
    let samples = (inputs ?? Array(changes.counts.indices)).flatMap { input in
      (-1..<changes.counts[input]).filter { $0 < 0 || changes.differ[input][$0] }
        .map { (input: input, change: $0) }
    }
    let (height, width) = (inputShape[1], inputShape[2])
    evaluate(groups: groupCount(samples.count)) { group, inputs in
      for lane in 0..<laneCount {
        let sample = group * laneCount + lane
        let (input, change) = samples[sample < samples.count ? sample : group * laneCount]
        inputs.setSample(lane, to: changes.inputs[input])
        guard change >= 0 else { continue }
        changes.write(
          input, change,
          LanePatch(
            view: inputs, lane: lane, area: (0..<height, 0..<width), height: height, width: width))
      }
    } read: { group, logits in
      for sample in group * laneCount..<min(samples.count, (group + 1) * laneCount) {
        let (input, change) = samples[sample]
        read(input, change >= 0 ? change : nil, logits, sample - group * laneCount)
      }
    }
  }

  /// The scores of each input: as it is, then with each of its changes.
  func scores(_ changes: InputChanges, targets: [Target]) -> [[Double]] {
    var scores = changes.counts.map { Array(repeating: 0.0, count: $0 + 1) }
    evaluate(changes) { input, change, logits, lane in
      scores[input][change.map { $0 + 1 } ?? 0] = Double(
        targets[input].score(logits, lane: lane))
    }
    for (input, differ) in changes.differ.enumerated() {
      for (change, differs) in differ.enumerated() where !differs {
        scores[input][change + 1] = scores[input][0]
      }
    }
    return scores
  }
}
