import FoundationEssentials
import TestSupport

/// The numbers of `fixtures/reference/models/reference.json`.
struct ReferenceModels: Decodable {
  struct Model: Decodable {
    let shape: [Int]
    let tolerance: Double
    let logits: [[Double]]
    let gradient: [Double]
  }

  let models: [String: Model]

  static let all: ReferenceModels = {
    do {
      return try JSONDecoder().decode(
        ReferenceModels.self, from: Fixtures.data("reference/models/reference.json"))
    } catch {
      fatalError("reference.json: \(error)")
    }
  }()

  static var names: [String] { all.models.keys.sorted() }

  static func path(_ name: String) -> String { Fixtures.path("reference/models/\(name).onnx") }

  /// The inputs that make_models.py describes.
  static func input(_ shape: [Int], sample: Int) -> [Float] {
    let count = UInt64(shape.reduce(1, *))
    return (0..<count).map { index in
      let mixed = (index &* 2_654_435_761 &+ UInt64(sample + 1) &* 974_634_181) % (1 << 32)
      return Float(Double(mixed) / 0x1p32)
    }
  }
}
