import Tensors

/// A map `[C, H, W]` of which parts are put together of what stays, what changed, and what lies
/// outside.
struct PatchAssembly {
  let shape: Shape

  /// The map as long as nothing changes.
  let base: LaneRegion.Base
  let kernels: KernelVariant

  /// Fills `target`, which holds the `region`: with the patch where it counts, the base elsewhere,
  /// `outside` beyond the map. What is not `needed` stays undefined.
  func fill(
    _ target: MutableLanesView, _ region: LaneRectangle, needed: LaneAreas,
    patch: Recomputation.Patch?, outside: Float
  ) {
    LaneRegion(
      channels: shape[0], height: shape[1], width: shape[2], rows: region.height,
      columns: region.width, top: region.rows.starts, left: region.columns.starts,
      neededRows: region.rows.part(holding: needed.rows),
      neededColumns: region.columns.part(holding: needed.columns)
    ).fill(
      target, base: base,
      patch: patch.map { patch in
        LaneRegion.Patch(
          values: patch.values, rows: patch.rectangle.height, columns: patch.rectangle.width,
          top: patch.rectangle.rows.starts, left: patch.rectangle.columns.starts,
          firstRow: patch.areas.rows.starts, endRow: patch.areas.rows.ends,
          firstColumn: patch.areas.columns.starts, endColumn: patch.areas.columns.ends)
      }, outside: outside, variant: kernels)
  }
}

extension LaneSpan {
  /// What of it holds these ranges in all lanes, counted from its start.
  fileprivate func part(holding ranges: LaneRanges) -> Range<Int> {
    let first = Int((ranges.starts &- starts).min())
    let end = Int((ranges.ends &- starts).max())
    return (min(first, end)..<max(first, end)).clamped(to: 0..<length)
  }
}
