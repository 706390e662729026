import Tensors

/// The numbers of an image, a plane for each channel, row by row; black is 0 and white is 1.
public struct PixelPlanes: Sendable, Hashable {
  public let height: Int
  public let width: Int
  public private(set) var planes: [[Float]]

  public init(height: Int, width: Int, planes: [[Float]]) {
    precondition(height > 0 && width > 0 && !planes.isEmpty, "an image of \(height)x\(width)")
    for plane in planes {
      precondition(plane.count == height * width, "\(plane.count) values for \(height)x\(width)")
    }
    self.height = height
    self.width = width
    self.planes = planes
  }

  var channels: Int { planes.count }

  /// The channels stretched together to run from 0 to 1; an image of one value becomes zero.
  var stretched: PixelPlanes {
    let low = planes.reduce(Float.infinity) { $1.reduce($0, Swift.min) }
    let high = planes.reduce(-Float.infinity) { $1.reduce($0, Swift.max) }
    let range = high > low ? high - low : 1
    var result = self
    for channel in planes.indices {
      for index in result.planes[channel].indices {
        result.planes[channel][index] = (result.planes[channel][index] - low) / range
      }
    }
    return result
  }

  /// Smoothed by a Gaussian of `sigma` pixels, as scikit-image does it: cut off at four deviations,
  /// the border mirrored.
  func smoothed(sigma: Double, workers: Workers?) -> PixelPlanes {
    guard sigma > 0 else { return self }
    var result = self
    let smoothing = Smoothing(sigma: sigma, height: height, width: width)
    result.planes = workers.map(planes.count) { smoothing.smoothed(planes[$0]) }
    return result
  }
}
