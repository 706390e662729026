import FoundationEssentials
import TestSupport

/// The integrals of fixtures/reference/attribution/paths.json.
struct PathFixture: Sendable {
  /// The classes whose dense maps there are.
  let classes: [Int]
  let networks: [Network]

  struct Network: Sendable {
    /// For each image, a map of each class.
    let dense: [[Float]]
    let exact: [[Float]]
    let blurred: [[Float]]
    let guided: [[Float]]
  }

  static let loaded = Result { try PathFixture() }

  private struct File: Decodable {
    let classes: [Int]
    let networks: [[String: FixtureNumbers.Place]]
  }

  private init() throws {
    let file = try JSONDecoder().decode(
      File.self, from: try Fixtures.data("reference/attribution/paths.json"))
    let numbers = try FixtureNumbers("reference/attribution/paths.bin")
    classes = file.classes
    networks = file.networks.map { places in
      func maps(_ name: String) -> [[Float]] { places[name].map(numbers.rows) ?? [] }
      return Network(
        dense: maps("dense"), exact: maps("exact"), blurred: maps("blur-ig"),
        guided: maps("guided-ig"))
    }
  }
}

/// Little-endian floats of a file.
struct FixtureNumbers {
  private let bytes: [UInt8]

  struct Place: Decodable {
    let shape: [Int]
    let offset: Int
  }

  init(_ file: String) throws { bytes = [UInt8](try Fixtures.data(file)) }

  func floats(_ place: Place) -> [Float] {
    (place.offset..<place.offset + place.shape.reduce(1, *)).map { index in
      Float(
        bitPattern: (0..<4).reduce(0) { $0 | UInt32(bytes[4 * index + $1]) << (8 * UInt32($1)) })
    }
  }

  /// Along the first axis.
  func rows(_ place: Place) -> [[Float]] {
    let values = floats(place)
    let length = values.count / place.shape[0]
    return (0..<place.shape[0]).map { Array(values[$0 * length..<($0 + 1) * length]) }
  }
}
