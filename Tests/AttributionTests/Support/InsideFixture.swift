import Attribution
import FoundationEssentials
import TestSupport
import Testing

/// The maps of fixtures/reference/attribution/inside: pytorch-grad-cam's, Captum's and zennit's.
struct InsideFixture: Sendable {
  /// By network, then by name, then by image.
  let cams: [String: [String: [[Double]]]]
  let relevance: [String: [String: [[Double]]]]

  static let loaded = Result { try InsideFixture() }

  private struct File: Decodable {
    let networks: [Entry]

    struct Entry: Decodable {
      let name: String
      let cams: [String: Place]
      let relevance: [String: Place]
    }

    struct Place: Decodable {
      let shape: [Int]
      let offset: Int
      let scales: [Double]
    }
  }

  private init() throws {
    let file = try JSONDecoder().decode(
      File.self, from: try Fixtures.data("reference/attribution/inside.json"))
    let bytes = [UInt8](try Fixtures.data("reference/attribution/inside.bin"))
    func maps(_ place: File.Place) -> [[Double]] {
      place.scales.enumerated().map { row, scale in
        let start = place.offset + row * place.shape[1]
        return (start..<start + place.shape[1]).map { index in
          let bits = UInt16(bytes[2 * index]) | UInt16(bytes[2 * index + 1]) << 8
          return Double(Int16(bitPattern: bits)) / 32767 * scale
        }
      }
    }
    func entries(_ part: (File.Entry) -> [String: File.Place]) -> [String: [String: [[Double]]]] {
      Dictionary(
        uniqueKeysWithValues: file.networks.map { ($0.name, part($0).mapValues(maps)) })
    }
    cams = entries(\.cams)
    relevance = entries(\.relevance)
  }
}

/// Holds maps against references, in shares of the largest magnitude of each.
func expectMaps(
  _ specification: String, of network: GradientFixture.Network, are references: [[Double]]?,
  within tolerance: Double, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let references = try #require(references, sourceLocation: sourceLocation)
  let maps = try MethodSpecification(specification).attribute(
    try GradientFixture.loaded.get().subjects(network), on: NetworkSession(network.model), seed: 0)
  for (map, reference) in zip(maps, references) {
    expectClose(
      map.values, reference, relative: tolerance, absolute: 0, "\(specification)",
      sourceLocation: sourceLocation)
  }
}
