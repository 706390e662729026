import Rendering
import Testing

@Suite struct PercentageTests {
  @Test(arguments: [
    (1, "100.00 %"), (0.99999, "> 99.99 %"), (0.99995, "> 99.99 %"), (0.999949, "99.99 %"),
    (0.5, "50.00 %"), (0.0704, "7.04 %"), (0.00005, "0.01 %"), (0.000049, "< 0.01 %"),
    (1e-30, "< 0.01 %"), (0, "0.00 %"), (1.534, "153.40 %"),
  ])
  func certaintyIsNotRoundedTo(share: Double, text: String) {
    #expect(Percentage.text(share) == text)
  }

  @Test func whatIsNoNumberIsSaid() { #expect(Percentage.text(.nan) == "not a number") }
}
