import Imaging
import Tensors

/// How pictures of any size become samples of one.
public enum SampleFit: String, Sendable, Hashable, CaseIterable {
  /// All of the picture, as large as fits, black beside it.
  case letterbox

  /// All of it, distorted.
  case stretch

  /// The largest part from its middle.
  case crop

  /// Only the ink, scaled and centred as MNIST's digits are; see ``DigitFit``. Samples are square
  /// then, and grey.
  case digit
}

/// Makes samples of picture files.
struct SampleReader: Sendable {
  let shape: Shape
  let fit: SampleFit

  /// The planes of the picture in a file, one after the other.
  func bytes(of path: String) throws(ImageFileError) -> [UInt8] {
    bytes(of: try ImageFile.read(path).image)
  }

  /// The planes of a picture.
  func bytes(of image: Image) -> [UInt8] {
    let (channels, height, width) = (shape[0], shape[1], shape[2])
    if fit == .digit && channels == 1 && height == width {
      return DigitFit(image, size: width).ink.values.map {
        UInt8(min(max($0, 0), 1) * 255 + 0.5)
      }
    }
    let layout: Image.Layout = channels == 1 ? .grey : .rgb
    let fitted = placement(image).apply(
      to: image.converted(to: layout).withEightBits(), method: .bilinear, background: .black)
    guard case .eight(let samples) = fitted.samples else {
      preconditionFailure("eight bits became \(fitted.samples.bitDepth)")
    }
    if channels == 1 { return samples }
    var planes = Array(repeating: UInt8(0), count: samples.count)
    for pixel in 0..<height * width {
      for c in 0..<channels { planes[c * height * width + pixel] = samples[pixel * channels + c] }
    }
    return planes
  }

  private func placement(_ image: Image) -> Placement {
    switch fit {
    case .letterbox:
      .letterbox(
        sourceWidth: image.width, sourceHeight: image.height, targetWidth: shape[2],
        targetHeight: shape[1])
    case .stretch:
      .stretch(
        sourceWidth: image.width, sourceHeight: image.height, targetWidth: shape[2],
        targetHeight: shape[1])
    case .crop, .digit:
      .centreCrop(
        sourceWidth: image.width, sourceHeight: image.height, targetWidth: shape[2],
        targetHeight: shape[1])
    }
  }
}
