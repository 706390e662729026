import Segmentation
import Tensors

/// How an image is cut into the segments that are switched on and off together.
public enum SegmentChoice: Sendable, Hashable {
  /// `cells` by `cells` rectangles.
  case grid(cells: Int)

  /// The label map that the caller gives.
  case given
}

extension SegmentChoice {
  func labelMap(
    for subject: Subject, _ planes: ChannelPlanes, _ context: MethodContext
  ) throws(MethodError) -> LabelMap {
    guard planes.isSpatial else {
      throw .impossible(method: context.name, setting: "segmenter", reason: .needsSpatialInput)
    }
    switch self {
    case .grid(let cells):
      return LabelMap(grid: cells, height: planes.height, width: planes.width)
    case .given:
      guard let map = context.labelMap else {
        throw .impossible(
          method: context.name, setting: "segmenter", reason: .needsOther(setting: "a label map"))
      }
      guard map.height == planes.height, map.width == planes.width else {
        throw .impossible(
          method: context.name, setting: "label map",
          reason: .labelMapOfOtherSize(
            height: map.height, width: map.width, needed: [planes.height, planes.width]))
      }
      return map
    }
  }
}

/// How a segmentation is written in a method specification: `segmenter=grid:cells=7`.
enum SegmentSettings {
  static let descriptions = [
    SettingDescription(
      "segmenter", .choice(["grid", "given"]), default: .word("grid"),
      "what is switched together: cells of a grid, or the segments of a given label map"),
    SettingDescription(
      "cells", .integer(1...1024), default: .integer(7), "cells of the grid on each side"),
  ]

  static func choice(_ settings: MethodSettings) -> SegmentChoice {
    switch settings.word("segmenter") {
    case "given": .given
    default: .grid(cells: settings.integer("cells"))
    }
  }
}
