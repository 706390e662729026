import FoundationEssentials
import Imaging
import Pipeline
import Segmentation
import Tensors
import TestSupport
import Testing

/// Segments of ten pictures against scikit-image's at the same settings.
@Suite struct ScikitImageTests {
  private static let folder = Fixtures.path("reference/segmentation")

  private struct File: Decodable {
    let pictures: [Entry]

    struct Entry: Decodable {
      let kind: String
    }
  }

  /// The settings of segments.py.
  private static func settings(_ method: String, _ kind: String) -> Segmenter {
    let isPhoto = kind == "photo"
    return switch method {
    case "slic": .slic(SLIC(segments: isPhoto ? 60 : 30, compactness: 10))
    case "quickshift":
      .quickshift(
        Quickshift(
          kernel: isPhoto ? 3 : 1, longest: isPhoto ? 6 : 3, ratio: isPhoto ? 0.5 : 0.2))
    default:
      .felzenszwalb(
        Felzenszwalb(
          scale: isPhoto ? 100 : 25, sigma: isPhoto ? 0.8 : 0.3, smallest: isPhoto ? 20 : 8))
    }
  }

  @Test(arguments: [("slic", 0.95), ("felzenszwalb", 0.95), ("quickshift", 0.9)])
  func segmentsAreScikitImages(_ method: (name: String, agreement: Double)) throws {
    let file = try JSONDecoder().decode(
      File.self, from: try Fixtures.data("reference/segmentation/segments.json"))
    var agreements: [Double] = []
    for (number, entry) in file.pictures.enumerated() {
      let picture = try ImageFile.read("\(Self.folder)/pictures/\(number).png").image
      let reference = LabelMap(
        try ImageFile.read("\(Self.folder)/labels/\(method.name)-\(number).png").image)
      let segmenter = Self.settings(method.name, entry.kind)
      let map = segmenter.segments(of: PixelPlanes(picture))
      agreements.append(adjustedRandIndex(map.labels, reference.labels))
      let threaded = segmenter.segments(of: PixelPlanes(picture), workers: Workers(count: 3))
      #expect(threaded == map)
    }
    let mean = agreements.reduce(0, +) / Double(agreements.count)
    #expect(agreements.count == 10)
    #expect(mean >= method.agreement, "\(agreements)")
    // One rounding may let a small piece go to another neighbour, no more.
    #expect((agreements.min() ?? 0) >= 0.85, "\(agreements)")
  }
}

/// How much two partitions agree beyond chance: 1 if they are the same.
///
/// Reference: Hubert & Arabie 1985, doi 10.1007/BF01908075.
private func adjustedRandIndex(_ one: [Int32], _ other: [Int32]) -> Double {
  func pairs(_ counts: some Sequence<Int>) -> Double {
    counts.reduce(0) { $0 + Double($1) * Double($1 - 1) / 2 }
  }
  var both: [SIMD2<Int32>: Int] = [:]
  var (first, second) = ([Int32: Int](), [Int32: Int]())
  for (a, b) in zip(one, other) {
    both[SIMD2(a, b), default: 0] += 1
    first[a, default: 0] += 1
    second[b, default: 0] += 1
  }
  let (a, b) = (pairs(first.values), pairs(second.values))
  let chance = a * b / pairs([one.count])
  return (pairs(both.values) - chance) / ((a + b) / 2 - chance)
}
