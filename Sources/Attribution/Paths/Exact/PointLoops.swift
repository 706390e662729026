import Tensors

/// The loops between a chain of points and a finer one: each lane of the one has its own lanes in the
/// other, so they go number by number.
enum PointLoops {
  /// Values at cuts, from those at the points around them; lanes left over repeat the last.
  static func interpolate(
    _ cuts: ArraySlice<PieceWalk.Cut>, _ sources: [LanesView], into values: MutableLanesView
  ) {
    let lines = (0..<laneCount).map { lane in
      let cut = cuts[min(cuts.startIndex + lane, cuts.endIndex - 1)]
      let (group, first) = (cut.interval / (laneCount - 1), cut.interval % (laneCount - 1))
      precondition(sources[group].count == values.count, "\(values.count) values interpolated")
      // At the ends of an interval nothing is to be rounded.
      return LaneLine(
        sources[group], from: cut.share == 1 ? first + 1 : first,
        to: cut.share == 0 ? first : first + 1, share: cut.share)
    }
    let width = laneCount
    unsafe lines.withUnsafeBufferPointer { lines in
      let target = unsafe UnsafeMutableRawPointer(values.pointer)
        .assumingMemoryBound(to: Float.self)
      for i in 0..<values.count {
        for lane in 0..<width {
          unsafe target[i * width + lane] = unsafe lines[lane].value(i * width)
        }
      }
    }
  }

  /// Adds to each interval's gradient those of the intervals that it was cut into, in proportion to
  /// their lengths.
  static func addMeans(
    _ cuts: ArraySlice<PieceWalk.Cut>, _ gradient: LanesView, into sums: [MutableLanesView]
  ) {
    let shares = zip(cuts, cuts.dropFirst()).map { cut, next in
      let (group, own) = (cut.interval / (laneCount - 1), cut.interval % (laneCount - 1))
      precondition(sums[group].count == gradient.count, "\(gradient.count) gradients added up")
      return LaneShare(
        sums[group], lane: own, share: (next.interval == cut.interval ? next.share : 1) - cut.share)
    }
    let width = laneCount
    unsafe shares.withUnsafeBufferPointer { shares in
      let source = unsafe UnsafeRawPointer(gradient.pointer).assumingMemoryBound(to: Float.self)
      for i in 0..<gradient.count {
        for lane in 0..<shares.count {
          unsafe shares[lane].add(source[i * width + lane], at: i * width)
        }
      }
    }
  }
}

/// What one lane takes from two others.
@safe
private struct LaneLine {
  private let start: UnsafePointer<Float>
  private let end: UnsafePointer<Float>
  private let share: Float

  init(_ view: LanesView, from first: Int, to second: Int, share: Float) {
    precondition(0 <= first && max(first, second) < laneCount, "lanes \(first), \(second)")
    let base = unsafe UnsafeRawPointer(view.pointer).assumingMemoryBound(to: Float.self)
    unsafe start = base + first
    unsafe end = base + second
    self.share = share
  }

  @inline(__always)
  func value(_ offset: Int) -> Float {
    let first = unsafe start[offset]
    return unsafe first + share * (end[offset] - first)
  }
}

/// What one lane gives to one of another view.
@safe
private struct LaneShare {
  private let sum: UnsafeMutablePointer<Float>
  private let share: Float

  init(_ view: MutableLanesView, lane: Int, share: Float) {
    precondition(0 <= lane && lane < laneCount, "lane \(lane) of \(laneCount)")
    unsafe sum =
      UnsafeMutableRawPointer(view.pointer).assumingMemoryBound(to: Float.self) + lane
    self.share = share
  }

  @inline(__always)
  func add(_ value: Float, at offset: Int) { unsafe sum[offset] += share * value }
}
