import Imaging
import Rendering
import Testing

@Suite struct ColorMapTests {
  @Test(arguments: ColorMap.allCases) func endsHaveTheirAnchorsColours(map: ColorMap) {
    #expect(map.color(1) == map.color(7))
    #expect(map.color(map.isDiverging ? -1 : 0) == map.color(map.isDiverging ? -9 : .nan))
    #expect(map.color(1) != map.color(0))
  }

  @Test(arguments: ColorMap.allCases.filter(\.isDiverging))
  func zeroIsNeutralAndTheSignsDiffer(map: ColorMap) {
    let zero = map.color(0)
    #expect(zero.red == zero.green && zero.green == zero.blue)
    #expect(map.color(0.5) != map.color(-0.5))
  }

  @Test(arguments: ColorMap.allCases.filter { !$0.isDiverging })
  func aSequentialMapShowsMagnitudes(map: ColorMap) {
    #expect(map.color(0.4) == map.color(-0.4))
  }
}
