import Segmentation
import Tensors

/// Owen values of the segments: Shapley values when segments may only join in the order of a
/// hierarchy, halves of the image first, then their halves.
///
/// ```
/// Δ(L | S) = ½ (v(S+L) − v(S)) + ½ (v(S+L+R) − v(S+R))       of the halves L and R of a node in context S
/// ```
///
/// All contexts of all nodes are about ⅔ M² evaluations for M segments, instead of 2ᴹ. Nothing is
/// drawn at random. If the samples do not suffice, the differences that weigh most are split first,
/// and what is not split is spread evenly over its segments; the record says how much that is. The
/// values add up either way.
///
/// References: Owen 1977, doi 10.1007/978-3-642-45494-3_7; the `shap` package's partition explainer,
/// which breaks ties at random.
public struct PartitionShap: SegmentMethod {
  public let segments: SegmentChoice
  public let fill: Fill

  /// The most evaluations.
  public let samples: Int

  public init(segments: SegmentChoice, fill: Fill = .black, samples: Int = 10_000) {
    precondition(samples >= 2, "\(samples) samples of partition-shap")
    self.segments = segments
    self.fill = fill
    self.samples = samples
  }

  /// A node of the hierarchy in one context, waiting to be split.
  private struct Open {
    let tree: SegmentTree

    /// The segments outside the node that are on.
    let context: Set<Int>

    /// The scores of the context alone, and with the node.
    let without: Double
    let with: Double
    let weight: Double

    var size: Double { abs(with - without) * weight }
  }

  /// Contexts that are split at a time: their two masks each fill four groups.
  private static let portion = 32

  func attribution(
    _ subject: Subject, _ inputs: MaskedInputs, _ scores: inout CoalitionScores,
    _ context: MethodContext
  ) -> Attribution {
    let count = inputs.segments.count
    var ends = SampleMasks(segments: count)
    for isOn in [false, true] { ends.append { _ in isOn } }
    let worth = scores.scores(ends)
    var values = Array(repeating: 0.0, count: count)
    var open = [
      Open(
        tree: SegmentTree(inputs.segments), context: [], without: worth[0], with: worth[1],
        weight: 1)
    ]
    var asked = 2
    var rest = 0.0
    while !open.isEmpty {
      let chosen = min(Self.portion, open.count, max(0, samples - asked) / 2)
      // What weighs most first; of equals, what was met first.
      let order = open.indices.sorted { (-open[$0].size, $0) < (-open[$1].size, $1) }
      let (first, later) = (
        order[..<chosen].map { open[$0] }, order[chosen...].sorted().map { open[$0] }
      )
      guard chosen > 0 else {
        for node in later { rest += spread(node, over: &values) }
        break
      }
      open = later
      let nodes = first.filter { node in
        guard case .leaf(let segment) = node.tree else { return true }
        values[segment] += node.weight * (node.with - node.without)
        return false
      }
      asked += 2 * nodes.count
      open += split(nodes, &scores, segments: count)
    }
    return inputs.attribution(
      subject, values: values, standardErrors: nil, expected: worth[1] - worth[0],
      forwardEvaluations: scores.evaluations, context, measurements: [.init("not-split", rest)])
  }

  /// Shares a node's difference evenly; how much it is.
  private func spread(_ node: Open, over values: inout [Double]) -> Double {
    let segments = node.tree.segments
    for segment in segments {
      values[segment] += node.weight * (node.with - node.without) / Double(segments.count)
    }
    return segments.count > 1 ? node.size : 0
  }

  /// The halves of nodes, each in the two contexts: the other half off and on.
  private func split(
    _ nodes: [Open], _ scores: inout CoalitionScores, segments: Int
  ) -> [Open] {
    var masks = SampleMasks(segments: segments)
    for node in nodes {
      guard case .node(_, let left, let right) = node.tree else { continue }
      for half in [left, right] {
        let shown = node.context.union(half.segments)
        masks.append { shown.contains($0) }
      }
    }
    let worth = scores.scores(masks)
    var halves: [Open] = []
    for (number, node) in nodes.enumerated() {
      guard case .node(_, let left, let right) = node.tree else { continue }
      let (withLeft, withRight) = (worth[2 * number], worth[2 * number + 1])
      for (half, other, own, others) in [
        (left, right, withLeft, withRight), (right, left, withRight, withLeft),
      ] {
        let weight = node.weight / 2
        halves.append(
          Open(
            tree: half, context: node.context, without: node.without, with: own, weight: weight))
        halves.append(
          Open(
            tree: half, context: node.context.union(other.segments), without: others,
            with: node.with, weight: weight))
      }
    }
    return halves
  }
}

extension PartitionShap {
  static let description = MethodDescription(
    name: "partition-shap", family: .surrogate,
    summary: "Owen values of the segments on a hierarchy of halves, exact if the samples suffice",
    reference: "Owen 1977, doi 10.1007/978-3-642-45494-3_7",
    completeness: .differenceFromBaseline,
    settings: [
      SettingDescription(
        "samples", .integer(2...10_000_000), default: .integer(10_000),
        "the most evaluations; exact values of M segments take about ⅔ M²")
    ] + SegmentSettings.descriptions
      + FillSettings.descriptions(default: "black", hasSegments: true),
    cost: "⅔ segments² forward, at most samples",
    reading: ShapleyWords.reading(
      "the orders in which halves of the image stay together, and within them their halves"),
    caution: ShapleyWords.caution + " Other halves would give other values, and what "
      + "too few samples left unsplit is spread evenly."
  ) { (settings) throws(MethodError) in
    .scores(
      PartitionShap(
        segments: try SegmentSettings.choice(settings), fill: FillSettings.fill(settings),
        samples: settings.integer("samples")))
  }
}
