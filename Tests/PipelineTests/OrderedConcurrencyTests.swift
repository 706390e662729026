import Pipeline
import Testing

@Suite struct OrderedConcurrencyTests {
  @Test(arguments: [1, 2, 3, 16])
  func resultsComeInTheOrderOfTheElementsAtAnyWidth(width: Int) async {
    var results: [Int] = []
    await Array(0..<200).forEachInOrder(width: width) { element in
      // Early elements take longest, so that completion and order disagree.
      try? await Task.sleep(for: .microseconds(element % 7 == 0 ? 900 : 10))
      return element * element
    } consume: { _, result in
      results.append(result)
      return true
    }
    #expect(results == (0..<200).map { $0 * $0 })
  }

  @Test func whatWasBegunIsHandedOverAfterTheEndAndNothingElseBegins() async {
    var consumed: [Int] = []
    await Array(0..<1000).forEachInOrder(width: 4) {
      $0
    } consume: { element, _ in
      consumed.append(element)
      return element < 10
    }
    #expect(consumed == Array(0..<consumed.count))
    #expect((11...11 + 8 * 4).contains(consumed.count))
  }

  @Test func anEmptyListEndsAtOnce() async {
    await [Int]().forEachInOrder(width: 2) {
      $0
    } consume: { element, _ in
      Issue.record("\(element) is not there")
      return true
    }
  }
}
