import Attribution
import Networks
import Testing

/// What readers are told of each method's maps, held against maps.
@Suite struct MethodWordsTests {
  static let methods = MethodCatalogue.all.map(\.name)
  static let explaining = MethodCatalogue.all.filter { $0.family != .control }.map(\.name)

  /// The maps of some images, and what readers are told of them.
  private func maps(
    _ name: String, explaining target: Target = .logit(1), seed: UInt64 = 3
  ) throws -> (maps: [Attribution], words: MethodDescription) {
    let subjects = (0..<8).map { Subject(values: TestNetwork.image($0), target: target) }
    return (
      try MethodSpecification(name).attribute(
        subjects, on: NetworkSession(TestNetwork.plain.model), seed: seed),
      try MethodCatalogue.description(named: name)
    )
  }

  @Test(arguments: methods)
  func wordsAreWholeSentences(_ name: String) throws {
    let method = try MethodCatalogue.description(named: name)
    for words in [method.reading, method.caution] {
      #expect(words.count > 20 && words.first?.isUppercase == true && words.hasSuffix("."))
      #expect(!words.contains("  ") && !words.contains(".."))
    }
  }

  @Test(arguments: methods)
  func signsAreDeclaredWhereMapsHaveThem(_ name: String) throws {
    let (maps, words) = try maps(name)
    #expect(maps.contains { $0.values.contains { $0 < 0 } } == words.isSigned)
  }

  @Test(arguments: explaining)
  func wordsSpeakOfSignsWhereMapsHaveThem(_ name: String) throws {
    let (maps, words) = try maps(name)
    let hasSigns = maps.contains { $0.values.contains { $0 < 0 } }
    #expect(words.reading.contains("negative") == hasSigns)
    #expect(hasSigns || !words.caution.contains("negative"))
  }

  @Test(arguments: explaining)
  func wordsSpeakOfSumsWhereTheyArePromised(_ name: String) throws {
    let method = try MethodCatalogue.description(named: name)
    #expect(method.reading.contains("add up to") == (method.completeness != .none))
  }

  @Test(arguments: explaining)
  func wordsSayWhenTheClassDoesNotMatter(_ name: String) throws {
    let (ofOne, words) = try maps(name, explaining: .logit(1))
    let ofOther = try maps(name, explaining: .logit(2)).maps
    let isTheSame = zip(ofOne, ofOther).allSatisfy { $0.values == $1.values }
    #expect(words.reading.contains("whatever the class") == isTheSame)
  }

  @Test(arguments: explaining)
  func wordsSayWhenChanceTakesPart(_ name: String) throws {
    let (ofOne, words) = try maps(name, seed: 3)
    let ofOther = try maps(name, seed: 4).maps
    guard zip(ofOne, ofOther).contains(where: { $0.values != $1.values }) else { return }
    let text = words.reading + words.caution
    #expect(["random", "noisy", "chance"].contains { text.contains($0) })
  }

  /// The gradient of another signal, or of another score, is none.
  @Test(arguments: explaining)
  func onlyGradientsAreReadAsChangesOfTheScore(_ name: String) throws {
    let gradients = ["gradient", "smoothgrad"]
    let method = try MethodCatalogue.description(named: name)
    #expect(method.reading.contains("would change") == gradients.contains(name))
  }

  @Test(arguments: explaining)
  func onlyMapsOfOneLayerAreAsCoarseAsALayer(_ name: String) throws {
    let method = try MethodCatalogue.description(named: name)
    // Those that have no such setting are of the input's resolution.
    let isOfLayer =
      method.settings.contains { $0.name == "layer" }
      && method.settings.contains { $0.name == "relu" }
    #expect(method.reading.contains("as coarse as that layer") == isOfLayer)
  }
}
