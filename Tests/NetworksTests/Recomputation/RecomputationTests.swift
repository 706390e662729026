import Tensors
import Testing

@testable import Networks

/// Recomputing what a change reaches gives what computing everything gives.
@Suite struct RecomputationTests {
  /// Where a rectangle lies in the lanes.
  enum Places: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case same, scattered, corners, sizes
    var testDescription: String { rawValue }
  }

  static let networks = ["leNet", "resNet18", "windows", "mixed"]

  @Test(arguments: networks, Places.allCases)
  func wholeTilesGiveTheBitsOfTheWholePass(_ name: String, _ places: Places) throws {
    let trial = try RecomputationTrial(name)
    for size in [1, 3, trial.side / 4, trial.side] {
      let images = trial.images(size)
      trial.recomputation.setBase { $0.fill(images) }
      for _ in 0..<2 {
        let change = trial.change(places, size)
        #expect(trial.recomputed(change, .whole) == trial.whole(images, change))
      }
      // Everything is as it was.
      #expect(trial.recomputation.baseOutputs.samples == trial.whole(images, nil))
    }
  }

  @Test(arguments: networks, Places.allCases)
  func reachedPixelsGiveTheWholePassWithinRounding(_ name: String, _ places: Places) throws {
    let trial = try RecomputationTrial(name)
    for size in [1, 3, trial.side / 4, trial.side] {
      let images = trial.images(size)
      trial.recomputation.setBase { $0.fill(images) }
      let change = trial.change(places, size)
      let found = trial.recomputed(change, .reached).joined()
      let expected = trial.whole(images, change).joined()
      let largest = expected.reduce(0) { max($0, abs($1)) }
      for (a, b) in zip(found, expected) { #expect(abs(a - b) <= 2e-6 * largest) }
    }
  }

  /// So a map does not depend on what was computed beside it.
  @Test(arguments: networks, [TileRule.whole, .reached])
  func aLaneDependsOnItsOwnChangeAlone(_ name: String, _ rule: TileRule) throws {
    let trial = try RecomputationTrial(name)
    let images = Array(repeating: trial.images(0)[0], count: laneCount)
    let change = trial.change(.sizes, trial.side / 4)
    var found: [[[Float]]] = []
    for isOneSample in [false, true] {
      if isOneSample {
        trial.recomputation.setBase(images[0])
      } else {
        trial.recomputation.setBase { $0.fill(images) }
      }
      found.append(trial.recomputed(change, rule))
      for lane in [0, 7, 15] {
        let alone = RecomputationTrial.Change(
          rectangles: Array(repeating: change.rectangles[lane], count: laneCount),
          values: Array(repeating: change.values[lane], count: laneCount))
        #expect(trial.recomputed(alone, rule)[lane] == found[0][lane])
      }
    }
    #expect(found[0] == found[1])
  }

  @Test(arguments: networks) func onePassOfPartsHasTheBitsOfTheWholePass(_ name: String) throws {
    let trial = try RecomputationTrial(name)
    let image = trial.images(5)[0]
    trial.recomputation.setBase(image)
    let whole = trial.whole(Array(repeating: image, count: laneCount), nil)
    #expect(trial.recomputation.baseOutputs.samples == whole)
  }

  @Test func whatChangesNothingHasTheBitsOfTheBase() throws {
    let trial = try RecomputationTrial("resNet18")
    let images = trial.images(3)
    trial.recomputation.setBase { $0.fill(images) }
    let change = trial.change(.scattered, 9, of: images)
    #expect(trial.recomputed(change, .reached) == trial.recomputation.baseOutputs.samples)
  }
}
