import FoundationEssentials
import TestSupport

/// Captum's maps of fixtures/reference/attribution/make_perturbations.py, of the networks and the
/// first images of the ``GradientFixture``.
struct PerturbationFixture: Sendable {
  let windows: [Window]
  let labels: [Int]
  let networks: [Network]

  struct Window: Decodable, Sendable {
    let window: Int
    let stride: Int
    let fill: Double
  }

  struct Network: Sendable {
    /// By window, then by image.
    let occlusion: [[[Float]]]

    /// By image.
    let ablation: [[Float]]
    let shapley: [[Float]]
  }

  static let loaded = Result { try PerturbationFixture() }

  private struct Place: Decodable {
    let shape: [Int]
    let offset: Int
  }

  private struct File: Decodable {
    let windows: [Window]
    let labels: [Int]
    let networks: [Entry]

    struct Entry: Decodable {
      let occlusion: [Place]
      let ablation: Place
      let shapley: Place
    }
  }

  private init() throws {
    let file = try JSONDecoder().decode(
      File.self, from: try Fixtures.data("reference/attribution/perturbations.json"))
    let bytes = [UInt8](try Fixtures.data("reference/attribution/perturbations.bin"))
    func rows(_ place: Place) -> [[Float]] {
      let length = place.shape.dropFirst().reduce(1, *)
      return (0..<place.shape[0]).map { row in
        (0..<length).map { column in
          let start = 4 * (place.offset + row * length + column)
          return Float(
            bitPattern: (0..<4).reduce(0) { $0 | UInt32(bytes[start + $1]) << (8 * UInt32($1)) })
        }
      }
    }
    windows = file.windows
    labels = file.labels
    networks = file.networks.map { entry in
      Network(
        occlusion: entry.occlusion.map(rows), ablation: rows(entry.ablation),
        shapley: rows(entry.shapley))
    }
  }
}
