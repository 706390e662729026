import Testing

@testable import Rendering

@Suite("Axes")
struct ChartAxisTests {
  @Test(
    "ticks are round numbers around the values, written without needless digits",
    arguments: [
      (ChartAxis.linear("", over: [0, 1], unit: .percent), "0 %, 20 %, 40 %, 60 %, 80 %, 100 %"),
      (.linear("", over: [0.13, 0.57]), "0.1, 0.2, 0.3, 0.4, 0.5, 0.6"),
      (.linear("", over: [-3, 4]), "−4, −2, 0, 2, 4"),
      (.linear("", over: [1200, 3400]), "1000, 1500, 2000, 2500, 3000, 3500"),
      (
        .linear("", over: [1, 1], unit: .percent, within: 0...1),
        "50 %, 60 %, 70 %, 80 %, 90 %, 100 %"
      ),
      (.logarithmic("", over: [0.03, 0.9]), "0.02, 0.05, 0.1, 0.2, 0.5, 1"),
      (.logarithmic("", over: [0.5, 9000]), "0.1, 1, 10, 100, 1000, 10000"),
      (.logarithmic("", over: [0, 0.2, 0.4]), "0.2, 0.5"),
      (.nearOne("", over: [0.85, 0.996]), "80 %, 90 %, 95 %, 98 %, 99 %, 99.5 %, 99.8 %"),
      (.counting("", 1...6), "1, 2, 3, 4, 5, 6"),
      (.counting("", 1...32), "1, 5, 10, 15, 20, 25, 30"),
      (.counting("", 1...1), "1"),
      (.linear("", over: []), "0, 0.2, 0.4, 0.6, 0.8, 1"),
      (.linear("", over: [.nan, .infinity, 2, 4]), "2, 2.5, 3, 3.5, 4"),
    ])
  func ticks(_ axis: ChartAxis, _ labels: String) {
    #expect(axis.ticks.map(\.label).joined(separator: ", ") == labels)
  }

  @Test("equal distances are differences, factors, or factors of what lacks to one")
  func places() throws {
    func place(_ axis: ChartAxis, _ value: Double) throws -> Double {
      try #require(axis.place(value))
    }
    let even = ChartAxis.linear("", over: [0, 10])
    #expect(abs(try place(even, 2.5) - 0.25) < 1e-12)
    let factors = ChartAxis.logarithmic("", over: [0.01, 1])
    #expect(abs(try place(factors, 0.1) - 0.5) < 1e-12)
    let rest = ChartAxis.nearOne("", over: [0.9, 0.999])
    #expect(abs(try place(rest, 0.99) - 0.5) < 1e-9)
    #expect(try place(rest, 1) == 1)
    #expect(even.place(.nan) == nil)
    #expect(try place(even, 1e9) == 1)
  }
}
