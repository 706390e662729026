import FoundationEssentials
import Segmentation
import Tensors
import TestSupport
import Testing

@testable import Attribution

/// The fits to masks and scores of fixtures/reference/surrogates against scikit-learn, the lime
/// package and Captum.
@Suite struct SurrogateReferenceTests {
  private struct File: Decodable {
    let image: [Float]
    let masks: [[Int]]
    let scores: [Double]
    let values: [String: Entry]

    struct Entry: Decodable {
      let values: [Double]
      let intercept: Double?
      let r2: Double?
      let prediction: Double?
    }

    private struct Key: CodingKey {
      let stringValue: String
      let intValue: Int? = nil
      init(stringValue: String) { self.stringValue = stringValue }
      init?(intValue: Int) { return nil }
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Key.self)
      image = try container.decode([Float].self, forKey: Key(stringValue: "image"))
      masks = try container.decode([[Int]].self, forKey: Key(stringValue: "masks"))
      scores = try container.decode([Double].self, forKey: Key(stringValue: "scores"))
      let known = ["image", "masks", "scores", "made by"]
      values = try Dictionary(
        uniqueKeysWithValues: container.allKeys.filter { !known.contains($0.stringValue) }.map {
          ($0.stringValue, try container.decode(Entry.self, forKey: $0))
        })
    }
  }

  static let specifications = [
    ("lime", "lime:profile=lime"),
    ("lime-forward-3", "lime:profile=lime:features=3"),
    ("lime-largest-4", "lime:profile=lime:features=4:selection=largest"),
    ("captum", "lime:profile=captum"),
    ("ridge-1", "lime:profile=lime:regression=ridge"),
    ("none", "lime:profile=lime:regression=none"),
    ("lasso-0.05", "lime:profile=lime:regression=lasso:alpha=0.05"),
  ]

  @Test(arguments: specifications)
  func fitsAreTheirs(_ name: String, _ specification: String) throws {
    let file = try JSONDecoder().decode(
      File.self, from: try Fixtures.data("reference/surrogates/surrogates.json"))
    let reference = try #require(file.values[name])
    guard case .scores(let method) = try MethodSpecification(specification).method,
      let lime = method as? Lime
    else {
      Issue.record("\(specification) is no lime")
      return
    }
    let count = file.image.count
    let inputs = MaskedInputs(
      [1, 1, count], on: file.image, off: Array(repeating: 0, count: count),
      segments: LabelMap(grid: count, height: 1, width: count))
    let masks = SampleMasks(segments: count, rows: file.masks.map { $0.map { $0 == 1 } })
    let result = lime.fit(inputs, masks, file.scores, lime.profile.sampling)
    // Captum's lasso stops at a tolerance of 1e-4, and its numbers have single precision.
    let allowed = name == "captum" ? 1e-3 : 1e-5
    for (value, other) in zip(result.fit.coefficients, reference.values) {
      #expect(abs(value - other) < allowed)
    }
    if let intercept = reference.intercept {
      #expect(abs(result.fit.intercept - intercept) < allowed)
    }
    if let r2 = reference.r2 { #expect(abs(result.explainedShare - r2) < allowed) }
    if let prediction = reference.prediction {
      #expect(abs(result.fit.value(Array(0..<count)) - prediction) < allowed)
    }
  }
}
