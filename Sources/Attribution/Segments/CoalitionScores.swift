import Segmentation
import Tensors

/// The scores of an image with some of its segments on, each picture evaluated once.
///
/// Segments that look the same on and off (a digit's empty corners on black) do not tell pictures
/// apart, so many masks may show one picture: of the 2⁴⁹ masks of a digit's 7x7 grid usually 2¹⁷ do
/// differ. A score does not depend on what is evaluated beside it, so what was scored before is taken
/// from memory, to the same bit.
struct CoalitionScores {
  private let inputs: MaskedInputs
  private let target: Target
  private let model: any Scorer

  /// Scores by which of the segments that differ are on; nothing where they are too many for a word.
  private var known: [UInt64: Double]?

  /// How many pictures were evaluated.
  private(set) var evaluations = 0

  /// Scores that are kept: 32 MB at the most.
  private static let mostKnown = 1 << 20

  init(_ inputs: MaskedInputs, of target: Target, on model: any Scorer) {
    self.inputs = inputs
    self.target = target
    self.model = model
    known = inputs.differing.count <= UInt64.bitWidth ? [:] : nil
  }

  /// The scores of masks, in their order.
  mutating func scores(_ masks: SampleMasks) -> [Double] {
    guard var known else {
      evaluations += masks.count
      return inputs.scores(masks, of: target, on: model)
    }
    self.known = nil
    let pictures = (0..<masks.count).map { masks.word(of: $0, inputs.differing) }
    var fresh: [UInt64: Int] = [:]
    var chosen: [Int] = []
    for (sample, picture) in pictures.enumerated()
    where known[picture] == nil && fresh[picture] == nil {
      fresh[picture] = chosen.count
      chosen.append(sample)
    }
    let found = inputs.scores(masks.selecting(chosen), of: target, on: model)
    evaluations += found.count
    let scores = pictures.map { picture in
      known[picture] ?? found[fresh[picture] ?? 0]
    }
    if known.count + fresh.count > Self.mostKnown { known.removeAll() }
    known.merge(fresh.lazy.map { ($0.key, found[$0.value]) }) { first, _ in first }
    self.known = known
    return scores
  }

  /// The score of each coalition of all segments; bit `s` of the index says whether segment `s` is on.
  mutating func scoresOfAllCoalitions() -> [Double] {
    let differing = inputs.differing
    let masks = SampleMasks(segments: differing.count, numbers: 0..<1 << differing.count)
    let found = scores(masks.widened(to: inputs.segments.count, at: differing))
    return (0..<1 << inputs.segments.count).map { coalition in
      var picture = 0
      for (place, segment) in differing.enumerated() {
        picture |= (coalition >> segment & 1) << place
      }
      return found[picture]
    }
  }
}
