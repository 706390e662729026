public import Networks
import Tensors

/// What the numbers of a weight are like.
public struct WeightStatistics: Sendable {
  public let name: String
  public let axes: [Int]
  public let count: Int
  public let mean: Double
  public let standardDeviation: Double
  public let least: Float
  public let greatest: Float

  /// How many are exactly zero, and how many are no finite number; the latter are left out of the
  /// rest.
  public let zeros: Int
  public let unusable: Int

  public init(_ parameter: Parameter) {
    name = parameter.name
    axes = parameter.shape.axes
    count = parameter.values.count
    var (sum, zeros, unusable) = (0.0, 0, 0)
    var (least, greatest) = (Float.infinity, -Float.infinity)
    for value in parameter.values {
      guard value.isFinite else {
        unusable += 1
        continue
      }
      sum += Double(value)
      if value == 0 { zeros += 1 }
      least = min(least, value)
      greatest = max(greatest, value)
    }
    let usable = Double(max(1, count - unusable))
    let mean = sum / usable
    let squares = parameter.values.reduce(0.0) { total, value in
      guard value.isFinite else { return total }
      return total + (Double(value) - mean) * (Double(value) - mean)
    }
    self.mean = mean
    standardDeviation = (squares / usable).squareRoot()
    self.zeros = zeros
    self.unusable = unusable
    self.least = unusable == count ? 0 : least
    self.greatest = unusable == count ? 0 : greatest
  }
}
