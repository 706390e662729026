public import Imaging
import Tensors

extension DataSet {
  /// A sample as a picture: grey, or in colour if it has three channels. Of any other number of
  /// channels the first is shown.
  public func picture(of sample: Int) -> Image {
    let planes = bytes(of: sample)
    let (height, width) = (shape[shape.rank - 2], shape[shape.rank - 1])
    let pixels = height * width
    guard shape.rank == 3, shape[0] == 3 else {
      return Image(
        width: width, height: height, layout: .grey, samples: .eight(Array(planes[..<pixels])))
    }
    var samples: [UInt8] = []
    samples.reserveCapacity(planes.count)
    for pixel in 0..<pixels {
      for channel in 0..<3 { samples.append(planes[channel * pixels + pixel]) }
    }
    return Image(width: width, height: height, layout: .rgb, samples: .eight(samples))
  }
}
