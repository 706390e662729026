/// How far one element of a value looks back to the network's input.
///
/// Element `o` along an axis sees the inputs from `start + o · step` on, `size` of them; those
/// outside the picture are padding. Where paths of different reach meet, the widest counts.
///
/// Reference: Araujo, Norris, Sim, "Computing receptive fields of convolutional neural networks",
/// Distill 2019, doi:10.23915/distill.00021.
public struct ReceptiveField: Sendable, Hashable {
  /// One axis of the input.
  public struct Extent: Sendable, Hashable {
    /// The first input that the first element sees; negative in the padding.
    public var start: Double

    /// How many inputs in a row an element sees.
    public var size: Double

    /// How far apart the windows of neighbours are; zero if there is one window only.
    public var step: Double
  }

  /// For each spatial axis of the input, rows before columns.
  public var extents: [Extent]

  /// For each axis of the value, which spatial axis of the input it walks along, if any.
  var axes: [Int?]

  /// Whether statistics of the whole input come in besides the window: by gates as in squeeze and
  /// excitation, or by normalisation over places.
  public var seesAllBesides = false

  /// The axes of the input that an element's window covers from end to end, because places were
  /// pooled or flattened.
  public var isCollapsed: Bool { extents.allSatisfy { $0.step == 0 } }

  /// How many inputs in a row an element sees along each axis; nothing if it sees them from end to
  /// end, or more of them than any picture has: strides multiply without end.
  public var window: [Int]? {
    let limit = Double(Int32.max)
    guard !isCollapsed, extents.allSatisfy({ $0.size <= limit }) else { return nil }
    return extents.map { Int($0.size.rounded(.up)) }
  }

  /// The input itself, channels first: every element sees itself.
  init(inputRank: Int) {
    let spatial = max(0, inputRank - 1)
    extents = Array(repeating: Extent(start: 0, size: 1, step: 1), count: spatial)
    axes = [nil] + (0..<spatial).map { $0 }
  }
}

// MARK: - What layers do to it

extension ReceptiveField {
  /// A window of `taps` slides along an axis of the value.
  mutating func slide(_ axis: Int, taps: Int, stride: Int, dilation: Int, before: Int) {
    guard let place = axes[axis] else { return }
    let step = extents[place].step
    extents[place].start -= Double(before) * step
    extents[place].size += Double((taps - 1) * dilation) * step
    extents[place].step = step * Double(stride)
  }

  /// Elements come `factor` times as close along an axis, and each looks at `reach` of the old ones.
  mutating func enlarge(_ axis: Int, by factor: Double, reach: Int, from first: Double = 0) {
    guard let place = axes[axis] else { return }
    let step = extents[place].step
    extents[place].start += first * step
    extents[place].size += Double(reach - 1) * step
    extents[place].step = step / factor
  }

  /// One element stands for the `length` of an axis.
  mutating func collapse(_ axis: Int, length: Int) {
    guard let place = axes[axis] else { return }
    extents[place].size += Double(length - 1) * extents[place].step
    extents[place].step = 0
    axes[axis] = nil
  }

  mutating func collapseAll(_ lengths: [Int]) {
    for (axis, length) in lengths.enumerated() { collapse(axis, length: length) }
  }

  /// Statistics along some axes come in.
  mutating func normalize(over range: some Sequence<Int>) {
    if range.contains(where: { axes[$0] != nil }) { seesAllBesides = true }
  }

  /// The same elements under another shape: an axis that keeps its place among the elements stays,
  /// the others are collapsed.
  mutating func reshape(from source: [Int], to target: [Int]) {
    let before = axes
    var kept: [Int?] = Array(repeating: nil, count: target.count)
    for (axis, place) in before.enumerated() {
      guard place != nil else { continue }
      let inner = source[(axis + 1)...].reduce(1, *)
      let match = target.indices.first { index in
        target[index] == source[axis] && target[(index + 1)...].reduce(1, *) == inner
      }
      if let match, kept[match] == nil {
        kept[match] = place
      } else {
        collapse(axis, length: source[axis])
      }
    }
    axes = kept
  }

  /// What sees all that one of two values of the same axes sees.
  ///
  /// A value whose places are gone beside one that has them is a gate.
  func merged(with other: ReceptiveField) -> ReceptiveField {
    var result = self
    result.seesAllBesides = seesAllBesides || other.seesAllBesides
    for axis in axes.indices where axes[axis] == nil { result.axes[axis] = other.axes[axis] }
    for place in extents.indices {
      let (a, b) = (extents[place], other.extents[place])
      if a.step == 0 || b.step == 0 {
        if a.step != b.step { result.seesAllBesides = true }
        result.extents[place] = a.step == 0 ? b : a
        guard a.step == b.step else { continue }
      }
      let start = min(a.start, b.start)
      result.extents[place] = Extent(
        start: start, size: max(a.start + a.size, b.start + b.size) - start,
        step: max(a.step, b.step))
    }
    return result
  }
}
