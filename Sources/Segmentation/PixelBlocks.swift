import Tensors

/// The channels of an image, sixteen neighbouring pixels of a row side by side.
///
/// ```
/// blocks[(row · blocksInRow + block) · channels + channel]
/// ```
///
/// What lies right of the image repeats the row's last pixel.
struct PixelBlocks: Sendable {
  let height: Int
  let width: Int
  let channels: Int
  let blocksInRow: Int
  private let arena: LaneArena

  init(_ image: PixelPlanes, times factor: Float) {
    height = image.height
    width = image.width
    channels = image.channels
    blocksInRow = (width + laneCount - 1) / laneCount
    arena = LaneArena(count: height * blocksInRow * channels)
    let elements = arena.all
    for row in 0..<height {
      for block in 0..<blocksInRow {
        for channel in 0..<channels {
          let plane = image.planes[channel]
          var pixels = Vector.zero
          for lane in 0..<laneCount {
            let column = min(block * laneCount + lane, width - 1)
            pixels[lane] = plane[row * width + column] * factor
          }
          elements[(row * blocksInRow + block) * channels + channel] = pixels
        }
      }
    }
  }

  /// Views are valid as long as the blocks live.
  func withElements<Result>(_ body: (LanesView) throws -> Result) rethrows -> Result {
    try withExtendedLifetime(arena) { try body(arena.all.readOnly) }
  }

  /// The columns of a block's pixels.
  static func columns(ofBlock block: Int) -> Vector {
    Vector(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15) + Float(block * laneCount)
  }
}
