import Attribution
import Segmentation

extension MethodContext {
  /// A context for one-channel inputs from 0 to 1.
  static func unit(_ name: String, seed: UInt64 = 1) -> MethodContext {
    MethodContext(seed: seed, space: .unit(channels: 1), name: name, settings: [])
  }

  /// The same with segments.
  static func unit(
    _ name: String, seed: UInt64 = 1, labels: [Int], height: Int, width: Int
  ) -> MethodContext {
    MethodContext(
      seed: seed, space: .unit(channels: 1), name: name, settings: [],
      labelMap: LabelMap(height: height, width: width, renumbering: labels))
  }
}
