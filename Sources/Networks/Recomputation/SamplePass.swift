import Tensors

/// The unchanged pass of one sample. Its parts stand side by side in the lanes: each layer's map is cut
/// into sixteen rectangles, which are computed as patches are and put together again.
///
/// An eighth of the work of a pass with the same sample in all lanes, or less, and the same bits:
/// the rectangles are whole tiles of the same grid.
final class SamplePass {
  private let plan: RecomputationPlan
  private let working = BumpArena()

  /// By value.
  private var values: [AlignedFloats?]

  init(_ plan: RecomputationPlan) {
    self.plan = plan
    values = Array(repeating: nil, count: plan.graph.values.count)
  }

  /// What a value is after ``run(_:)``.
  subscript(value: Graph.ValueID) -> AlignedFloats {
    guard let floats = values[value.index] else {
      preconditionFailure("value \(value.index) has not been computed")
    }
    return floats
  }

  /// What it holds, at the most: a value may be seen under several names.
  var bytes: Int {
    working.bytes + values.reduce(0) { $0 + ($1?.count ?? 0) * MemoryLayout<Float>.stride }
  }

  func run(_ sample: [Float]) {
    room(for: plan.input).copy(sample)
    for (index, step) in plan.base.steps.enumerated() where step.computes {
      working.reset()
      if step.layer.isView {
        values[step.made.index] = self[step.inputs[0]]
        continue
      }
      switch plan.kinds[index] {
      case .window(let window):
        let output = plan.graph[step.made].shape
        let computed = LaneRectangle(
          rows: .init(covering: window.vertical.tiledLength, of: window.vertical.tile),
          columns: .init(covering: window.horizontal.tiledLength, of: window.horizontal.tile))
        let region = window.read(by: computed)
        let source = part(region, of: step.inputs[0], outside: window.outside)
        let target = working.take(output[0] * computed.height * computed.width)
        plan.slide(window, index, source, region, into: target, computed, working)
        spread(target.readOnly, computed, to: step.made)
      case .pixelwise:
        let output = plan.graph[step.made].shape
        let computed = LaneRectangle(
          rows: .init(covering: output[1], of: 1), columns: .init(covering: output[2], of: 1))
        let target = working.take(output[0] * computed.height * computed.width)
        plan.runPixelwise(
          index, step.inputs.map { part(computed, of: $0, outside: 0) }, into: target,
          height: computed.height, width: computed.width, working)
        spread(target.readOnly, computed, to: step.made)
      case .alias, .whole:
        let target = working.take(plan.graph[step.made].shape.count)
        plan.runWhole(index, step.inputs.map(inAllLanes), into: target, working)
        let floats = room(for: step.made)
        for i in 0..<target.count { unsafe floats.pointer[i] = target[i][0] }
      }
    }
  }

  private func room(for value: Graph.ValueID) -> AlignedFloats {
    if let known = values[value.index] { return known }
    let floats = AlignedFloats(count: plan.graph[value].shape.count)
    values[value.index] = floats
    return floats
  }

  private func inAllLanes(_ value: Graph.ValueID) -> LanesView {
    let lanes = working.take(self[value].count)
    lanes.fill(self[value])
    return lanes.readOnly
  }

  private func part(
    _ region: LaneRectangle, of value: Graph.ValueID, outside: Float
  ) -> LanesView {
    let shape = plan.graph[value].shape
    let target = working.take(shape[0] * region.height * region.width)
    PatchAssembly(shape: shape, base: .sample(self[value]), kernels: plan.kernels)
      .fill(target, region, needed: region.areas, patch: nil, outside: outside)
    return target.readOnly
  }

  /// Puts the lanes' rectangles where they belong in the map.
  private func spread(_ parts: LanesView, _ rectangle: LaneRectangle, to value: Graph.ValueID) {
    let shape = plan.graph[value].shape
    let floats = room(for: value)
    precondition(
      parts.count == shape[0] * rectangle.height * rectangle.width,
      "\(parts.count) elements of \(shape[0]) channels")
    let from = unsafe UnsafeRawPointer(parts.pointer).assumingMemoryBound(to: Float.self)
    for channel in 0..<shape[0] {
      for lane in 0..<laneCount {
        let (rows, columns) = rectangle[lane]
        let inside = columns.clamped(to: 0..<shape[2])
        for row in rows.clamped(to: 0..<shape[1]) {
          let line =
            unsafe from
            + ((channel * rows.count + row - rows.lowerBound) * columns.count - columns.lowerBound)
            * laneCount + lane
          let place = unsafe floats.pointer + (channel * shape[1] + row) * shape[2]
          for x in inside { unsafe place[x] = line[x * laneCount] }
        }
      }
    }
  }
}

extension MutableLanesView {
  /// The same in every lane.
  func fill(_ floats: AlignedFloats) {
    precondition(floats.count == count, "\(floats.count) floats for \(count) elements")
    for i in 0..<count { self[i] = Vector(repeating: floats[i]) }
  }
}

extension LaneRectangle {
  /// Sixteen rectangles of whole tiles, four by four, that cover a map.
  init(rows: LaneSpan.Quarters, columns: LaneSpan.Quarters) {
    self.rows = LaneSpan(starts: .zero, length: rows.length)
    self.columns = LaneSpan(starts: .zero, length: columns.length)
    for lane in 0..<laneCount {
      self.rows.starts[lane] = rows.start(lane / 4)
      self.columns.starts[lane] = columns.start(lane % 4)
    }
  }
}

extension LaneSpan {
  /// Four stretches of whole tiles that cover an axis; the last ones may overlap.
  struct Quarters {
    let length: Int
    private let axis: Int

    /// - Parameter axis: a length of whole tiles.
    init(covering axis: Int, of tile: Int) {
      self.axis = axis
      let tiles = axis / tile
      length = (tiles + 3) / 4 * tile
    }

    func start(_ quarter: Int) -> Int32 { Int32(min(quarter * length, axis - length)) }
  }
}
