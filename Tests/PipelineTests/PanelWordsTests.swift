import Attribution
import Imaging
import Tensors
import Testing

@testable import Pipeline

/// What stands on a panel besides its pictures.
@Suite struct PanelWordsTests {
  /// Of a map of four pixels whose second has an interval that holds zero.
  private func words(
    label: String = "cat", uncertain: UncertainParts = .draw, error: Float = 1,
    target: Target = .logit(1), expected: Double? = nil
  ) throws -> PanelWords {
    let prepared = try PreparedPicture.small()
    let map = ExplainedMap(
      attribution: Attribution(
        shape: [1, 2, 2], values: [4, 1, -4, 0],
        record: AttributionRecord(
          method: "kernel-shap", settings: [], seed: 1, target: target, expected: expected,
          forwardEvaluations: 9,
          standardErrors: [error, error, error, 0])),
      method: try MethodCatalogue.description(named: "kernel-shap"), score: 2, seconds: 0)
    let drawn = DrawnMap(map, of: prepared, DrawingSettings(uncertain: uncertain))
    let labels = ["dog", label]
    let answer = PictureAnswer(
      logits: [1, 2], probabilities: [0.25, 0.75], labels: labels, familiarity: nil)
    return PanelWords(
      MapRecord(map, labels: { labels[$0] }, drawing: DrawingRecord(drawn)),
      Explanation(prepared: prepared, answer: answer, maps: [map]), path: "in/a.png")
  }

  @Test(
    "that parts are without colour is said where some are",
    arguments: [(UncertainParts.draw, Float(1), false), (.grey, 1, true), (.grey, 0.1, false)])
  func uncertain(how: UncertainParts, error: Float, isSaid: Bool) throws {
    let sentence = "Parts whose 95 % interval holds zero are left without colour."
    #expect(try words(uncertain: how, error: error).notes.contains(sentence) == isSaid)
  }

  @Test("where nothing is certain that is said, and neither a flat map nor a colour is spoken of")
  func nothingCertain() throws {
    let notes = try words(uncertain: .grey, error: 100, expected: 2).notes
    #expect(
      notes.contains(
        "Nothing is certain: every part's 95 % interval holds zero, and nothing is drawn."))
    #expect(notes.contains { $0.hasPrefix("The map adds up to 1") })
    #expect(!notes.contains { $0.contains("flat") || $0.contains("colour") })
  }

  @Test(
    "what the sum has too much is not called missing",
    arguments: [
      (1.5, "1, expected are 1.5: 0.5 is missing."), (0.75, "1, expected are 0.75: 0.25 too much."),
      (1, "1, expected are 1: 0 is missing."),
    ])
  func missing(expected: Double, words end: String) throws {
    let words = try words(expected: expected)
    #expect(words.notes.contains("The map adds up to " + end))
  }

  @Test("a sum of which its method promises nothing is not spoken of")
  func sumWithoutPromise() throws {
    #expect(try !words().notes.contains { $0.contains("adds up") })
  }

  @Test("a label that the pen cannot write has its number")
  func labels() throws {
    let plain = try words()
    #expect(plain.name == "a.png" && plain.answer == "cat (75.00 %)")
    #expect(plain.notes.contains("explains the logit of cat: 2"))
    let strange = try words(label: "猫")
    #expect(strange.answer == "猫 (class 1) (75.00 %)")
    #expect(strange.notes.contains("explains the logit of 猫 (class 1): 2"))
    let contrast = try words(label: "猫", target: .contrast(this: 0, that: 1))
    #expect(contrast.notes[1].hasPrefix("explains why dog and not 猫 (class 1), "))
  }
}
