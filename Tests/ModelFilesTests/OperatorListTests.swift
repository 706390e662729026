import FoundationEssentials
import TestSupport
import Testing

@testable import ModelFiles

/// docs/models.md says which operators there are; this says that it does not lie.
@Suite struct OperatorListTests {
  @Test func theDocumentedOperatorsAreThoseThatAreRead() throws {
    let text = try String(contentsOfFile: Fixtures.repository + "/docs/models.md", encoding: .utf8)
    let section = try #require(
      text.split(separator: "\n## ").first { $0.hasPrefix("Operators") })
    let quoted = section.split(separator: "`", omittingEmptySubsequences: false).enumerated()
      .filter { !$0.offset.isMultiple(of: 2) }.map { String($0.element) }
    let listed = quoted.filter { $0.first?.isUppercase == true }
    #expect(Set(listed) == Set(OperatorTable.all.keys).union(Lowering.operations))
  }
}
