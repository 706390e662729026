internal import CKernels

/// A region of a map `[C, H, W]` that lies at a place of its own in each lane, put together of what
/// stays and what changed.
public struct LaneRegion: Sendable {
  /// The whole map.
  public var channels: Int
  public var height: Int
  public var width: Int

  /// The region's size.
  public var rows: Int
  public var columns: Int

  /// Where it begins in the map, in each lane. It may reach beyond the map's ends.
  public var top: SIMD16<Int32>
  public var left: SIMD16<Int32>

  /// What of it is wanted, in rows and columns of its own.
  public var neededRows: Range<Int>
  public var neededColumns: Range<Int>

  public init(
    channels: Int, height: Int, width: Int, rows: Int, columns: Int, top: SIMD16<Int32>,
    left: SIMD16<Int32>, neededRows: Range<Int>, neededColumns: Range<Int>
  ) {
    self.channels = channels
    self.height = height
    self.width = width
    self.rows = rows
    self.columns = columns
    self.top = top
    self.left = left
    self.neededRows = neededRows
    self.neededColumns = neededColumns
  }

  /// The map as it was.
  public enum Base {
    case lanes(LanesView)

    /// One that all lanes share.
    case sample(AlignedFloats)
  }

  /// A rectangle of the map, of one size in all lanes, of which some is taken.
  public struct Patch {
    public var values: LanesView
    public var rows: Int
    public var columns: Int

    /// Where it begins in the map.
    public var top: SIMD16<Int32>
    public var left: SIMD16<Int32>

    /// The rows and columns of the map that are taken; none where they end before they begin.
    public var firstRow: SIMD16<Int32>
    public var endRow: SIMD16<Int32>
    public var firstColumn: SIMD16<Int32>
    public var endColumn: SIMD16<Int32>

    public init(
      values: LanesView, rows: Int, columns: Int, top: SIMD16<Int32>, left: SIMD16<Int32>,
      firstRow: SIMD16<Int32>, endRow: SIMD16<Int32>, firstColumn: SIMD16<Int32>,
      endColumn: SIMD16<Int32>
    ) {
      self.values = values
      self.rows = rows
      self.columns = columns
      self.top = top
      self.left = left
      self.firstRow = firstRow
      self.endRow = endRow
      self.firstColumn = firstColumn
      self.endColumn = endColumn
    }
  }

  /// Writes the region `[C, rows, columns]`: the patch's values where they count, the base's
  /// elsewhere, `outside` beyond the map. What is not needed is left as it is.
  public func fill(
    _ target: MutableLanesView, base: Base, patch: Patch?, outside: Float, variant: KernelVariant
  ) {
    precondition(
      target.count == channels * rows * columns && neededRows.lowerBound >= 0
        && neededRows.upperBound <= rows && neededColumns.lowerBound >= 0
        && neededColumns.upperBound <= columns,
      "\(target.count) elements of a region of \(rows)x\(columns), \(neededRows), \(neededColumns)")
    let places = places(patch)
    var region = CKernels_LaneRegion(
      channels: Int32(channels), height: Int32(height), width: Int32(width), rows: Int32(rows),
      columns: Int32(columns), firstRow: Int32(neededRows.lowerBound),
      endRow: Int32(neededRows.upperBound), firstColumn: Int32(neededColumns.lowerBound),
      endColumn: Int32(neededColumns.upperBound), patchRows: Int32(patch?.rows ?? 0),
      patchColumns: Int32(patch?.columns ?? 0), baseStep: Int32(laneCount), baseLaneStep: 1,
      outside: outside)
    let floats: UnsafePointer<Float>
    let count: Int
    switch base {
    case .lanes(let lanes):
      unsafe floats = lanes.floats
      count = lanes.count
    case .sample(let sample):
      unsafe floats = UnsafePointer(sample.pointer)
      count = sample.count
      (region.baseStep, region.baseLaneStep) = (1, 0)
    }
    precondition(count == channels * height * width, "\(count) elements of \(self)")
    unsafe withUnsafePointer(to: region) { region in
      unsafe places.withUnsafeBytes { places in
        unsafe variant.table.pointee.fillRegion(
          region, places.assumingMemoryBound(to: CKernels_LanePlaces.self).baseAddress!,
          floats, patch?.values.floats, target.floats)
      }
    }
  }

  /// The fields of `CKernels_LanePlaces` in their order.
  private func places(_ patch: Patch?) -> [SIMD16<Int32>] {
    guard let patch else { return [top, left, .zero, .zero, .zero, .zero, .zero, .zero] }
    func inside(_ range: (SIMD16<Int32>, SIMD16<Int32>), _ start: SIMD16<Int32>, _ length: Int)
      -> Bool
    {
      all(((range.0 .>= start) .& (range.1 .<= start &+ Int32(length))) .| (range.0 .>= range.1))
    }
    precondition(
      patch.values.count == channels * patch.rows * patch.columns
        && inside((patch.firstRow, patch.endRow), patch.top, patch.rows)
        && inside((patch.firstColumn, patch.endColumn), patch.left, patch.columns),
      "\(patch) of \(self)")
    func clamped(_ places: SIMD16<Int32>, _ start: SIMD16<Int32>, _ length: Int) -> SIMD16<Int32> {
      (places &- start).clamped(lowerBound: .zero, upperBound: SIMD16(repeating: Int32(length)))
    }
    return [
      top, left, top &- patch.top, left &- patch.left,
      clamped(patch.firstRow, top, rows), clamped(patch.endRow, top, rows),
      clamped(patch.firstColumn, left, columns), clamped(patch.endColumn, left, columns),
    ]
  }
}
