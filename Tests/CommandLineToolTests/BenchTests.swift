import FoundationEssentials
import TestSupport
import Testing

@testable import CommandLineTool

@Suite struct BenchTests {
  private static let model = Fixtures.path("reference/models/plain-17.onnx")
  private static let digits = Fixtures.path("digits/1-01.png")

  @Test(arguments: ["classify", "train", "gradient"])
  func aMeasurementIsOneLineOfJSON(work: String) async throws {
    let outcome = await run([
      "bench", "--model", Self.model, "--method", work, "--seconds", "0.01", "--json",
      Self.digits,
    ])
    #expect(outcome.exitCode == .done, "\(outcome.messages)")
    let line = try JSONDecoder().decode([String: Double].self, from: Data(outcome.output.utf8))
    let (images, evaluations, rate, peak, share) = (
      try #require(line["images_per_second"]), try #require(line["evaluations_per_second"]),
      try #require(line["flops_per_second"]), try #require(line["peak_flops_per_second"]),
      try #require(line["fraction_of_peak"])
    )
    #expect(images > 0 && evaluations >= images && line.count == 5)
    #expect(share == rate / peak)
  }

  @Test(arguments: [
    (["bench", "x.png"], "--model is missing."),
    (
      ["bench", "--model", "m", "--method", "gradeint", "x.png"],
      "There is no method 'gradeint'. Did you mean 'gradient'?"
    ),
    (
      ["bench", "--model", "m", "--method", "gradient:fast", "x.png"],
      "gradient: 'fast' is no setting; settings are written key=value."
    ),
    (
      ["bench", "--model", "m", "--method", "gradient:steps=3", "x.png"],
      "gradient has no settings, so 'steps' cannot be set."
    ),
  ])
  func wrongUsageHasItsSentence(words: [String], sentence: String) async {
    let outcome = await run(words)
    #expect(outcome.exitCode == .wrongUsage)
    #expect(outcome.messages.contains(sentence))
  }
}
