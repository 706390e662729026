import Tensors
import Testing

/// Regions against a loop over their lanes and elements.
@Suite struct LaneRegionTests {
  enum Places: CaseIterable, Sendable { case same, rowsAlike, scattered }

  @Test(arguments: KernelVariant.available, Places.allCases)
  func elementsComeFromThePatchTheBaseOrOutside(_ variant: KernelVariant, _ places: Places) {
    for seed in 0..<8 {
      let trial = Trial(seed: UInt32(seed), places)
      for base in [LaneRegion.Base.lanes(trial.base.view), .sample(trial.sample)] {
        for patch in [nil, trial.patch] {
          #expect(trial.found(base, patch, variant) == trial.expected(base, patch))
        }
      }
    }
  }

  /// A map with a region and a patch, at random.
  struct Trial {
    let region: LaneRegion
    let patch: LaneRegion.Patch
    let base: Lanes
    let sample: AlignedFloats
    private let patchValues: Lanes
    private static let untouched: Float = -1000

    init(seed: UInt32, _ places: Places) {
      var random = CounterRandom(seed: 21, seed)
      let (channels, height, width) = (2, 5 + random.below(5), 5 + random.below(20))
      let (rows, columns) = (1 + random.below(height + 2), 1 + random.below(width + 2))
      let (patchRows, patchColumns) = (1 + random.below(height), 1 + random.below(width))
      func starts(_ range: Range<Int>, isSame: Bool) -> SIMD16<Int32> {
        var starts = SIMD16<Int32>()
        for lane in 0..<laneCount {
          starts[lane] =
            isSame && lane > 0
            ? starts[0] : Int32(range.lowerBound + random.below(range.count))
        }
        return starts
      }
      let haveSameRows = places != .scattered
      let haveSameColumns = places == .same
      region = LaneRegion(
        channels: channels, height: height, width: width, rows: rows, columns: columns,
        top: starts(-2..<height, isSame: haveSameRows),
        left: starts(-2..<width, isSame: haveSameColumns),
        neededRows: 0..<rows, neededColumns: random.below(2)..<columns)
      let top = starts(0..<height - patchRows + 1, isSame: haveSameRows)
      let left = starts(0..<width - patchColumns + 1, isSame: haveSameColumns)
      func lanes(_ count: Int) -> Lanes {
        Lanes(
          [count],
          samples: (0..<laneCount).map { _ in (0..<count).map { _ in random.uniform(-1, 1) } })
      }
      patchValues = lanes(channels * patchRows * patchColumns)
      base = lanes(channels * height * width)
      sample = AlignedFloats(base.view.sample(5))
      // Of the first lane less is taken, of the last nothing unless all are the same.
      var (endRow, firstColumn) = (top &+ Int32(patchRows), left)
      if places != .same {
        endRow[laneCount - 1] = top[laneCount - 1]
        firstColumn[0] += patchColumns > 1 ? 1 : 0
      }
      patch = LaneRegion.Patch(
        values: patchValues.view, rows: patchRows, columns: patchColumns, top: top, left: left,
        firstRow: top, endRow: endRow, firstColumn: firstColumn,
        endColumn: left &+ Int32(patchColumns))
    }

    func found(
      _ base: LaneRegion.Base, _ patch: LaneRegion.Patch?, _ variant: KernelVariant
    ) -> [[Float]] {
      let target = Lanes([region.channels * region.rows * region.columns])
      return withExtendedLifetime((target, self.base, patchValues)) {
        target.mutableView.fill(Vector(repeating: Self.untouched))
        region.fill(target.mutableView, base: base, patch: patch, outside: 7, variant: variant)
        return (0..<laneCount).map(target.view.sample)
      }
    }

    func expected(_ base: LaneRegion.Base, _ patch: LaneRegion.Patch?) -> [[Float]] {
      (0..<laneCount).map { lane in
        var values: [Float] = []
        for channel in 0..<region.channels {
          for row in 0..<region.rows {
            for column in 0..<region.columns {
              let isNeeded = region.neededColumns.contains(column)
              values.append(
                isNeeded ? value(lane, channel, row, column, base, patch) : Self.untouched)
            }
          }
        }
        return values
      }
    }

    private func value(
      _ lane: Int, _ channel: Int, _ row: Int, _ column: Int, _ base: LaneRegion.Base,
      _ patch: LaneRegion.Patch?
    ) -> Float {
      let (y, x) = (Int(region.top[lane]) + row, Int(region.left[lane]) + column)
      if let patch, Int(patch.firstRow[lane])..<Int(patch.endRow[lane]) ~= y,
        Int(patch.firstColumn[lane])..<Int(patch.endColumn[lane]) ~= x
      {
        let (patchRow, patchColumn) = (y - Int(patch.top[lane]), x - Int(patch.left[lane]))
        return patch.values[(channel * patch.rows + patchRow) * patch.columns + patchColumn][lane]
      }
      guard 0..<region.height ~= y, 0..<region.width ~= x else { return 7 }
      let place = (channel * region.height + y) * region.width + x
      return switch base {
      case .lanes(let lanes): lanes[place][lane]
      case .sample(let sample): sample[place]
      }
    }
  }
}
