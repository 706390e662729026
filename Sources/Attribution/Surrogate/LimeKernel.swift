import Segmentation

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// How much a masked image counts by how far it is from the whole one.
///
/// ```
/// w = exp(−d² / 2σ²)
/// ```
public struct LimeKernel: Sendable, Hashable {
  public let distance: Distance
  public let width: Double

  public enum Distance: String, Sendable, Hashable, CaseIterable {
    /// One minus the cosine of the mask and the mask of ones: `1 − √(share of segments that are on)`.
    case masks

    /// One minus the cosine of the masked image's numbers and the whole image's.
    case pixels

    /// All count alike.
    case none
  }

  public init(_ distance: Distance, width: Double) {
    self.distance = distance
    self.width = width
  }
}

extension LimeKernel {
  /// - Parameter features: the segments that the masks are of; the others are always on.
  func weights(_ masks: SampleMasks, _ inputs: MaskedInputs, features: [Int]) -> [Double] {
    let distances: [Double]
    switch distance {
    case .none: return Array(repeating: 1, count: masks.count)
    case .masks:
      distances = (0..<masks.count).map { sample in
        let share = Double(masks.active(in: sample).count) / Double(max(1, masks.segments))
        return 1 - share.squareRoot()
      }
    case .pixels: distances = pixelDistances(masks, inputs, features)
    }
    return distances.map { exp(-$0 * $0 / (2 * width * width)) }
  }

  /// Inner products with the whole image are sums over segments.
  private func pixelDistances(
    _ masks: SampleMasks, _ inputs: MaskedInputs, _ features: [Int]
  ) -> [Double] {
    let masks = masks.widened(to: inputs.segments.count, at: features)
    let zero = Array(repeating: 0.0, count: masks.segments)
    // Of each segment: x·x, x·x′, x′·x′, with x on and x′ off.
    var (both, mixed, off) = (zero, zero, zero)
    let pixels = inputs.segments.labels.count
    for index in inputs.on.indices {
      let segment = Int(inputs.segments.labels[index % pixels])
      let (x, hidden) = (Double(inputs.on[index]), Double(inputs.off[index]))
      both[segment] += x * x
      mixed[segment] += x * hidden
      off[segment] += hidden * hidden
    }
    let length = both.reduce(0, +)
    return (0..<masks.count).map { sample in
      var (inner, own) = (0.0, 0.0)
      for segment in 0..<masks.segments {
        let isOn = masks[sample, segment]
        inner += isOn ? both[segment] : mixed[segment]
        own += isOn ? both[segment] : off[segment]
      }
      // Nothing of the image is left, or it was nothing: as far away as can be.
      return length > 0 && own > 0 ? 1 - inner / (length * own).squareRoot() : 1
    }
  }
}
