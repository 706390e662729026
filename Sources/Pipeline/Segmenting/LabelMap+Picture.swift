public import Imaging
public import Segmentation

extension LabelMap {
  /// A picture whose pixels are labels: grey ones their number, coloured ones their colour. Any
  /// labels will do; segments are numbered in ascending order of them. Transparency is not looked
  /// at.
  public init(_ picture: Image) {
    let channels = picture.layout.channelCount
    let used = picture.layout.isGrey ? 1 : 3
    func labels(_ samples: [some BinaryInteger]) -> [Int] {
      stride(from: 0, to: samples.count, by: channels).map { start in
        samples[start..<start + used].reduce(0) { $0 << 16 | Int($1) }
      }
    }
    self.init(
      height: picture.height, width: picture.width,
      renumbering: {
        switch picture.samples {
        case .eight(let samples): labels(samples)
        case .sixteen(let samples): labels(samples)
        }
      }())
  }

  /// The labels as a picture that can be read again: grey of 8 or 16 bits, or, where there are more
  /// than 65,536, colours.
  public var picture: Image {
    if count <= 256 {
      return Image(
        width: width, height: height, layout: .grey, samples: .eight(labels.map { UInt8($0) }))
    }
    if count <= 65_536 {
      return Image(
        width: width, height: height, layout: .grey, samples: .sixteen(labels.map { UInt16($0) }))
    }
    return Image(
      width: width, height: height, layout: .rgb,
      samples: .eight(labels.flatMap { label in [16, 8, 0].map { UInt8(label >> $0 & 255) } }))
  }
}
