public import Segmentation
import Tensors

/// How an image is cut into the segments that are switched on and off together.
public enum SegmentChoice: Sendable, Hashable {
  /// By a segmenter, whose open settings follow from the image's size.
  ///
  /// - usualCells: the grid's cells on each side if nothing is said.
  case cut(SegmenterSettings, usualCells: Int)

  /// The label map that the caller gives.
  case given

  /// `cells` by `cells` rectangles.
  public static func grid(cells: Int) -> SegmentChoice {
    .cut(SegmenterSettings(.grid, cells: cells), usualCells: cells)
  }
}

extension SegmentChoice {
  /// Finds out why an image cannot be cut.
  func check(_ question: MethodQuestion) throws(MethodError) {
    _ = try question.planes(setting: "segmenter")
    switch self {
    case .cut: break
    case .given: _ = try question.context.requireLabelMap()
    }
  }

  /// How many segments images are cut into, if that is the same for all.
  func count(_ question: MethodQuestion) throws(MethodError) -> Int? {
    let planes = try question.planes(setting: "segmenter")
    switch self {
    case .cut(let settings, let usualCells):
      guard
        case .grid(let cells) = settings.segmenter(
          height: planes.height, width: planes.width, usualCells: usualCells)
      else { return nil }
      return LabelMap(grid: cells, height: planes.height, width: planes.width).count
    case .given:
      // What an image shows of a map of another size is not known yet.
      guard let map = question.context.labelMap, map.height == planes.height,
        map.width == planes.width
      else { return nil }
      return map.count
    }
  }

  /// The segments of an image, and the settings that were used, for the record.
  func labelMap(
    for subject: Subject, _ planes: ChannelPlanes, _ context: MethodContext
  ) throws(MethodError) -> (map: LabelMap, settings: [AttributionRecord.Setting]) {
    switch self {
    case .cut(let settings, let usualCells):
      let segmenter = settings.segmenter(
        height: planes.height, width: planes.width, usualCells: usualCells)
      return (
        segmenter.segments(of: planes.pixels(subject.values, context.space)),
        segmenter.recorded
      )
    case .given:
      let map = try context.requireLabelMap()
      guard map.height == planes.height, map.width == planes.width else {
        throw .impossible(
          method: context.name, setting: "label map",
          reason: .labelMapOfOtherSize(
            height: map.height, width: map.width, needed: [planes.height, planes.width]))
      }
      return (map, [])
    }
  }
}

extension Segmenter {
  fileprivate var recorded: [AttributionRecord.Setting] {
    [.init("segmenter", .word(kind.rawValue))]
      + parameters.map { .init($0.name, $0.isCount ? .integer(Int($0.value)) : .number($0.value)) }
  }
}

extension ChannelPlanes {
  /// An input as a picture from 0 (black) to 1 (white).
  func pixels(_ values: [Float], _ space: InputSpace) -> PixelPlanes {
    PixelPlanes(
      height: height, width: width,
      planes: (0..<channels).map { channel in
        let (black, white) = (space.black[channel], space.white[channel])
        return values[channel * plane..<(channel + 1) * plane].map {
          ($0 - black) / (white - black)
        }
      })
  }
}
