import Attribution
import Networks
import Testing

@testable import Pipeline

@Suite struct TargetResolverTests {
  private static let labels = ["cat", "dog", "cat-vs-dog", "a-vs-b", "c", "d-vs"]

  private func target(_ text: String, _ kind: OutputKind = .logit) throws -> Target {
    let choice = try #require(TargetChoice(text))
    return try TargetResolver(choice, kind, .softmax, labels: Self.labels).example
  }

  @Test(arguments: [
    ("cat-vs-dog", Target.logit(2)), ("dog-vs-cat", .contrast(this: 1, that: 0)),
    ("a-vs-b", .logit(3)), ("a-vs-b-vs-c", .contrast(this: 3, that: 4)),
    ("c-vs-a-vs-b", .contrast(this: 4, that: 3)), ("d-vs-vs-c", .contrast(this: 5, that: 4)),
    ("cat-vs-cat-vs-dog", .contrast(this: 0, that: 2)), ("0-vs-1", .contrast(this: 0, that: 1)),
    ("top3", .logit(0)), ("c", .logit(4)), ("1", .logit(1)),
  ])
  func aLabelThatIsAllOfTheTextIsMeant(_ text: String, _ expected: Target) throws {
    #expect(try target(text) == expected)
  }

  @Test func aClassCalledLikeAContrastHasAProbability() throws {
    #expect(try target("cat-vs-dog", .probability) == .probability(2, .softmax))
    #expect(throws: TargetError.contrastOfProbabilities) { try target("dog-vs-cat", .probability) }
  }

  @Test(arguments: ["cat-vs-x", "x-vs-cat", "x"])
  func anUnknownClassIsNamed(_ text: String) {
    #expect(throws: TargetError.unknownClass("x", labels: Self.labels)) { try target(text) }
  }
}
