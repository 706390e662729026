import Tensors

/// A rectangle of a feature map `[C, H, W]` that is put together of what stays, what changed, and
/// what lies outside.
struct PatchAssembly {
  let channels: Int
  let height: Int
  let width: Int

  /// What the lanes have as long as nothing changes.
  let base: LanesView

  /// The same as the elements of one sample, if all lanes have that one: quicker to gather from.
  let sample: AlignedFloats?

  /// Fills `target` with the `region`'s values: those of the patch where it lies, the base elsewhere,
  /// `outside` beyond the map.
  func fill(
    _ target: MutableLanesView, _ region: LaneRectangle,
    patch: Recomputation.Patch?, outside: Float
  ) {
    if region.isUniform {
      copyRows(base, region, to: target, outside)
    } else {
      gather(base, sample, region, to: target, outside)
    }
    guard let patch else { return }
    if liesAlike(patch.rectangle, in: region) {
      overlayRows(patch.values, patch.rectangle, on: target, region)
    } else {
      overlay(patch.values, patch.rectangle, on: target, region)
    }
  }

  /// Whether a rectangle lies at the same place of the region in all lanes, and nothing of it beyond
  /// the map, or all lanes have the same rectangle.
  private func liesAlike(_ rectangle: LaneRectangle, in region: LaneRectangle) -> Bool {
    if rectangle.isUniform && region.isUniform { return true }
    func liesAlike(_ span: LaneSpan, _ other: LaneSpan, _ length: Int) -> Bool {
      LaneSpan(starts: span.starts &- other.starts, length: 1).isUniform
        && span.starts.min() >= 0 && Int(span.starts.max()) + span.length <= length
    }
    return liesAlike(rectangle.rows, region.rows, height)
      && liesAlike(rectangle.columns, region.columns, width)
  }

  /// Puts a patch into a whole map; what it covered goes to `saved`, if that is wanted.
  func paste(
    _ patch: LanesView, _ rectangle: LaneRectangle, into map: MutableLanesView,
    saved: MutableLanesView?
  ) {
    let whole = LaneRectangle(
      rows: LaneSpan(starts: .zero, length: height), columns: LaneSpan(starts: .zero, length: width)
    )
    if rectangle.isUniform {
      if let saved { copyRows(map.readOnly, rectangle, to: saved, 0) }
      overlayRows(patch, rectangle, on: map, whole)
    } else {
      if let saved { gather(map.readOnly, nil, rectangle, to: saved, 0) }
      overlay(patch, rectangle, on: map, whole)
    }
  }

  // MARK: All lanes alike

  private func copyRows(
    _ source: LanesView, _ region: LaneRectangle, to target: MutableLanesView, _ outside: Float
  ) {
    let (rows, columns) = region[0]
    let inside = columns.clamped(to: 0..<width)
    let border = Vector(repeating: outside)
    var place = 0
    for channel in 0..<channels {
      for row in rows {
        let line = target[place..<place + columns.count]
        place += columns.count
        guard 0 <= row && row < height, !inside.isEmpty else {
          line.fill(border)
          continue
        }
        let start = (channel * height + row) * width
        let left = inside.lowerBound - columns.lowerBound
        line[0..<left].fill(border)
        line[left..<left + inside.count].copy(
          source[start + inside.lowerBound..<start + inside.upperBound])
        line[left + inside.count..<columns.count].fill(border)
      }
    }
  }

  private func overlayRows(
    _ patch: LanesView, _ rectangle: LaneRectangle, on target: MutableLanesView,
    _ region: LaneRectangle
  ) {
    // Lane 0 stands for all: where their places differ, nothing lies beyond the map.
    let (rows, columns) = region[0]
    let (patchRows, patchColumns) = rectangle[0]
    let sharedRows = rows.clamped(to: patchRows).clamped(to: 0..<height)
    let sharedColumns = columns.clamped(to: patchColumns).clamped(to: 0..<width)
    guard !sharedRows.isEmpty, !sharedColumns.isEmpty else { return }
    for channel in 0..<channels {
      for row in sharedRows {
        let to =
          (channel * rows.count + row - rows.lowerBound) * columns.count
          + sharedColumns.lowerBound - columns.lowerBound
        let from =
          (channel * patchRows.count + row - patchRows.lowerBound) * patchColumns.count
          + sharedColumns.lowerBound - patchColumns.lowerBound
        target[to..<to + sharedColumns.count].copy(patch[from..<from + sharedColumns.count])
      }
    }
  }

  // MARK: Each lane at a place of its own

  private func gather(
    _ source: LanesView, _ sample: AlignedFloats?, _ region: LaneRectangle,
    to target: MutableLanesView, _ outside: Float
  ) {
    let (rows, columns) = (region.height, region.width)
    precondition(
      source.count == channels * height * width && target.count == channels * rows * columns,
      "\(source.count) elements gathered to \(target.count)")
    precondition(sample.map { $0.count == source.count } ?? true, "a sample of another map")
    let lanes = unsafe UnsafeRawPointer(source.pointer).assumingMemoryBound(to: Float.self)
    let from = unsafe sample.map { unsafe UnsafePointer($0.pointer) } ?? lanes
    // From element to element, and from lane to lane.
    let (step, laneStep) = sample == nil ? (laneCount, 1) : (1, 0)
    let to = unsafe UnsafeMutableRawPointer(target.pointer).assumingMemoryBound(to: Float.self)
    for channel in 0..<channels {
      for lane in 0..<laneCount {
        let (laneRows, laneColumns) = region[lane]
        let inside = laneColumns.clamped(to: 0..<width)
        let left = inside.lowerBound - laneColumns.lowerBound
        for row in 0..<rows {
          let mapRow = laneRows.lowerBound + row
          let line = unsafe to + (channel * rows + row) * columns * laneCount + lane
          guard 0 <= mapRow && mapRow < height, !inside.isEmpty else {
            for x in 0..<columns { unsafe line[x * laneCount] = outside }
            continue
          }
          let start = (channel * height + mapRow) * width + inside.lowerBound
          let values = unsafe from + start * step + lane * laneStep
          for x in 0..<left { unsafe line[x * laneCount] = outside }
          for x in 0..<inside.count {
            unsafe line[(left + x) * laneCount] = unsafe values[x * step]
          }
          for x in left + inside.count..<columns { unsafe line[x * laneCount] = outside }
        }
      }
    }
  }

  private func overlay(
    _ patch: LanesView, _ rectangle: LaneRectangle, on target: MutableLanesView,
    _ region: LaneRectangle
  ) {
    let (rows, columns) = (region.height, region.width)
    precondition(
      patch.count == channels * rectangle.height * rectangle.width
        && target.count == channels * rows * columns,
      "\(patch.count) elements laid on \(target.count)")
    let from = unsafe UnsafeRawPointer(patch.pointer).assumingMemoryBound(to: Float.self)
    let to = unsafe UnsafeMutableRawPointer(target.pointer).assumingMemoryBound(to: Float.self)
    for channel in 0..<channels {
      for lane in 0..<laneCount {
        let (laneRows, laneColumns) = region[lane]
        let (patchRows, patchColumns) = rectangle[lane]
        let sharedRows = laneRows.clamped(to: patchRows).clamped(to: 0..<height)
        let sharedColumns = laneColumns.clamped(to: patchColumns).clamped(to: 0..<width)
        guard !sharedRows.isEmpty, !sharedColumns.isEmpty else { continue }
        for row in sharedRows {
          let place =
            (channel * rows + row - laneRows.lowerBound) * columns + sharedColumns.lowerBound
            - laneColumns.lowerBound
          let patchPlace =
            (channel * rectangle.height + row - patchRows.lowerBound) * rectangle.width
            + sharedColumns.lowerBound - patchColumns.lowerBound
          let line = unsafe to + place * laneCount + lane
          let values = unsafe from + patchPlace * laneCount + lane
          for x in 0..<sharedColumns.count {
            unsafe line[x * laneCount] = unsafe values[x * laneCount]
          }
        }
      }
    }
  }
}
