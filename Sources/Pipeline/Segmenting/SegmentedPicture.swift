public import Imaging
public import Segmentation
public import Tensors

/// A picture and the segments it was cut into.
public struct SegmentedPicture: Sendable {
  public let picture: Image
  public let map: LabelMap

  /// What cut it; nothing if the segments were given.
  public let segmenter: Segmenter?

  /// Cuts a picture; what the settings leave open follows from its size.
  public init(_ picture: Image, _ settings: SegmenterSettings, workers: Workers? = nil) {
    self.picture = picture
    let segmenter = settings.segmenter(height: picture.height, width: picture.width)
    map = segmenter.segments(of: PixelPlanes(picture), workers: workers)
    self.segmenter = segmenter
  }

  /// A picture with segments from elsewhere.
  public init(_ picture: Image, labels: LabelMap) throws(SegmentingError) {
    guard labels.width == picture.width, labels.height == picture.height else {
      throw .labelMapOfOtherSize(
        width: labels.width, height: labels.height, pictureWidth: picture.width,
        pictureHeight: picture.height)
    }
    self.picture = picture
    map = labels
    segmenter = nil
  }
}

/// Why a picture cannot be segmented.
public enum SegmentingError: Error, Equatable {
  case labelMapOfOtherSize(width: Int, height: Int, pictureWidth: Int, pictureHeight: Int)
}

extension PixelPlanes {
  /// The numbers of a picture, from 0 to 1; what is transparent is laid on white.
  public init(_ picture: Image) {
    let opaque = picture.converted(to: picture.layout.isGrey ? .grey : .rgb)
    let channels = opaque.layout.channelCount
    func planes(_ samples: [some BinaryInteger], _ most: Float) -> [[Float]] {
      (0..<channels).map { channel in
        stride(from: channel, to: samples.count, by: channels).map { Float(samples[$0]) / most }
      }
    }
    self.init(
      height: picture.height, width: picture.width,
      planes: {
        switch opaque.samples {
        case .eight(let samples): planes(samples, 255)
        case .sixteen(let samples): planes(samples, 65_535)
        }
      }())
  }
}
