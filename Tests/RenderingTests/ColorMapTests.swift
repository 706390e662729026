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

  @Test func classicMapsRunOnStraightLines() {
    func ramp(_ value: Float) -> Float { 255 * min(max(value, 0), 1) }
    for step in 0...100 {
      let x = Float(step) / 100
      let (jet, hot) = (ColorMap.jet.color(x), ColorMap.hot.color(x))
      let expected: [(UInt8, Float)] = [
        (jet.red, ramp(1.5 - abs(4 * x - 3))), (jet.green, ramp(1.5 - abs(4 * x - 2))),
        (jet.blue, ramp(1.5 - abs(4 * x - 1))), (hot.red, ramp(8 * x / 3)),
        (hot.green, ramp(8 * x / 3 - 1)), (hot.blue, ramp(4 * x - 3)),
      ]
      #expect(expected.allSatisfy { abs(Float($0) - $1) < 2 }, "\(x): \(jet) \(hot)")
    }
    #expect(ColorMap.seismic.color(1) == Color(red: 128, green: 0, blue: 0))
    #expect(ColorMap.seismic.color(-1) == Color(red: 0, green: 0, blue: 77))
  }

  @Test(arguments: ["viridis", "RdBu", "RdBu_r", "inferno", "turbo", "magma", "coolwarm", "Greys"])
  func mapsOfOtherToolsHaveACounterpart(name: String) {
    #expect(ColorMap(name: name) == nil && ColorMap.counterpart(of: name) != nil)
  }

  @Test func greyHasTwoSpellings() {
    #expect(ColorMap(name: "gray") == .grey && ColorMap(name: "grey") == .grey)
    #expect(ColorMap.counterpart(of: "heta") == nil)
  }

  @Test(arguments: ColorMap.allCases.filter { !$0.isDiverging })
  func aSequentialMapShowsMagnitudes(map: ColorMap) {
    #expect(map.color(0.4) == map.color(-0.4))
  }
}
