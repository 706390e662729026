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

  /// So that nobody reads of a blur in the record of a black baseline.
  @Test(arguments: [
    ("integrated-gradients", ["tolerance", "exact", "baseline"]),
    ("integrated-gradients:steps=20", ["steps", "exact", "baseline"]),
    (
      "integrated-gradients:steps=20:baseline=blur",
      ["steps", "exact", "baseline", "sigma"]
    ),
    ("integrated-gradients:exact=true", ["exact", "pieces", "baseline"]),
    ("integrated-gradients:sigma=2", ["tolerance", "exact", "baseline", "sigma"]),
  ])
  func settingsThatMatteredOrWereGivenAreRecorded(_ specification: String, _ names: [String]) throws
  {
    #expect(try MethodSpecification(specification).settings.map(\.name) == names)
  }

  @Test func namesInTheCatalogueAreGivenOnce() {
    #expect(Set(MethodCatalogue.all.map(\.name)).count == MethodCatalogue.all.count)
  }
}
