import Imaging

/// A picture whose pixels are shown as squares, so that a person sees them.
struct EnlargedImage: Sendable {
  let pixels: Image

  /// The side of a square.
  let zoom: Int

  /// The squares as pixels.
  var image: Image {
    pixels.resized(
      width: zoom * pixels.width, height: zoom * pixels.height, method: .nearest)
  }

  func png(_ note: ImageText) throws(ImageEncodingError) -> [UInt8] {
    try ImageEncoder.png(pixels, PNGOptions(zoom: zoom, texts: [note]))
  }
}
