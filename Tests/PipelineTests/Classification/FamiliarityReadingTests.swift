import Testing
import Training

@testable import Pipeline

@Suite("Familiarity in a model's record")
struct FamiliarityReadingTests {
  private func read(_ text: String) -> Familiarity? {
    JSONValue(text).flatMap(Familiarity.init)
  }

  @Test("what is written is read again, to the bit")
  func survivesJSON() {
    let familiarity = Familiarity(
      logit: 0.1 + 1.5e-7, distance: 1 / 3, mean: [0, -1e-300, 2.5],
      factor: [.pi, 1e22, -0.1 - 0.2])
    #expect(read(familiarity.json) == familiarity)
  }

  @Test("incomplete numbers are noticed")
  func noticesMissingNumbers() {
    #expect(read("{\"logit\":1,\"distance\":1,\"mean\":[0],\"factor\":[1]}")?.isComplete == false)
  }

  @Test(
    "what is no list of numbers, or not there, is not read",
    arguments: [
      "[]", "{\"logit\":1,\"distance\":1,\"mean\":[0]}",
      "{\"logit\":1,\"distance\":1,\"mean\":[0,\"1\"],\"factor\":[1]}",
      "{\"logit\":null,\"distance\":1,\"mean\":[0],\"factor\":[1]}",
      "{\"logit\":1,\"distance\":true,\"mean\":[0],\"factor\":[1]}",
    ])
  func refusesOthers(text: String) {
    #expect(read(text) == nil)
  }
}
