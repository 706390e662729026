import Attribution
import Testing

@Suite struct MethodSpecificationTests {
  @Test func anUnknownMethodIsRefusedWithTheKnownOnes() throws {
    let error = try #require(throws: MethodError.self) { try MethodSpecification("gradeint") }
    guard case .unknownMethod("gradeint", let known) = error else {
      Issue.record("\(error)")
      return
    }
    #expect(known.contains("gradient"))
  }

  @Test func anUnknownSettingIsRefused() {
    #expect(throws: MethodError.unknownSetting(method: "gradient", setting: "steps", known: [])) {
      try MethodSpecification("gradient:steps=50")
    }
  }

  @Test func aWordWithoutEqualsIsNotASetting() {
    #expect(throws: MethodError.notASetting(method: "gradient", text: "fast")) {
      try MethodSpecification("gradient:fast")
    }
  }

  @Test func namesInTheCatalogueAreGivenOnce() {
    #expect(Set(MethodCatalogue.all.map(\.name)).count == MethodCatalogue.all.count)
  }
}
