import Testing

@testable import CommandLineTool

@Suite struct EditDistanceTests {
  @Test(arguments: [
    ("", "", 0), ("", "abc", 3), ("abc", "abc", 0), ("kitten", "sitting", 3), ("ab", "ba", 1),
    ("ca", "abc", 3), ("flaw", "lawn", 2), ("größe", "grösse", 2),
  ])
  func distancesCountSlips(first: String, second: String, distance: Int) {
    #expect(EditDistance.between(first, second) == distance)
    #expect(EditDistance.between(second, first) == distance)
  }

  @Test(arguments: [
    ("qualty", "quality"), ("QUALITY", "quality"), ("qual", "quality"), ("siez", "size"),
    ("colour", nil), ("s", nil), ("xyz", nil),
  ])
  func theNearestNameIsNearEnoughOrNone(word: String, nearest: String?) {
    #expect(EditDistance.nearest(to: word, among: ["size", "quality", "filter"]) == nearest)
  }
}
