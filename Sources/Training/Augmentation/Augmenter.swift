import Tensors

/// Changes samples of one shape as an ``Augmentation`` says; owns the scratch memory it takes, so
/// one thread at a time uses it.
final class Augmenter: @unchecked Sendable {
  private let augmentation: Augmentation
  private let channels: Int
  private let height: Int
  private let width: Int
  private let warp: Warp
  private let blur: Blur
  private var original: [Float]

  init(_ augmentation: Augmentation, shape: Shape) {
    self.augmentation = augmentation
    channels = shape[0]
    height = shape[1]
    width = shape[2]
    warp = Warp(height: height, width: width)
    blur = Blur(height: height, width: width)
    original = Array(repeating: 0, count: shape.count)
  }

  /// Changes the sample that begins at `start`.
  func apply(to values: inout [Float], at start: Int, random: inout CounterRandom) {
    if augmentation.isGeometric {
      for i in original.indices { original[i] = values[start + i] }
      let map = affineMap(&random)
      if augmentation.elastic > 0 { warp.drawField(augmentation.elastic, &random) }
      warp.apply(
        map, isElastic: augmentation.elastic > 0, from: original, to: &values, at: start,
        channels: channels)
    }
    if augmentation.blur > 0 {
      let sigma = random.uniform(0, augmentation.blur)
      for c in 0..<channels { blur.apply(to: &values, at: start + c * plane, sigma: sigma) }
    }
    if augmentation.contrast > 0 || augmentation.brightness > 0 {
      adjustTones(&values, start, &random)
    }
    if augmentation.noise > 0 { addNoise(&values, start, &random) }
    if augmentation.erasing > 0, random.uniform() < augmentation.erasing {
      erase(&values, start, &random)
    }
    if augmentation.inversion > 0, random.uniform() < augmentation.inversion {
      for i in start..<start + channels * plane { values[i] = 1 - values[i] }
    }
  }

  private var plane: Int { height * width }

  /// From a place in the new picture to the place in the old one whose pixel goes there.
  private func affineMap(_ random: inout CounterRandom) -> AffineMap {
    func either(_ strength: Float) -> Float { random.uniform(-strength, strength) }
    let logScale = log1p(augmentation.scale)
    let common = either(logScale / 2)
    let scaleX = exponential(common + either(logScale / 2))
    let scaleY = exponential(common + either(logScale / 2))
    let angle = either(augmentation.rotation) * .pi / 180
    let shear = either(augmentation.shear)
    return AffineMap(
      scaleX: scaleX, scaleY: scaleY, angle: angle, shear: shear,
      shiftX: either(augmentation.shift) * Float(width),
      shiftY: either(augmentation.shift) * Float(height), height: height, width: width)
  }

  private func adjustTones(
    _ values: inout [Float], _ start: Int, _ random: inout CounterRandom
  ) {
    let logContrast = log1p(augmentation.contrast)
    let factor = exponential(random.uniform(-logContrast, logContrast))
    let offset = random.uniform(
      -augmentation.brightness, augmentation.brightness)
    var mean: Float = 0
    for i in start..<start + channels * plane { mean += values[i] }
    mean /= Float(channels * plane)
    for i in start..<start + channels * plane {
      values[i] = min(max((values[i] - mean) * factor + mean + offset, 0), 1)
    }
  }

  private func addNoise(
    _ values: inout [Float], _ start: Int, _ random: inout CounterRandom
  ) {
    let deviation = random.uniform(0, augmentation.noise)
    for i in start..<start + channels * plane {
      values[i] = min(max(values[i] + random.bell() * deviation, 0), 1)
    }
  }

  private func erase(
    _ values: inout [Float], _ start: Int, _ random: inout CounterRandom
  ) {
    let area = random.uniform(0.02, 0.2) * Float(plane)
    let ratio = exponential(random.uniform(-1.1, 1.1))
    let rows = min(height, max(1, Int((area * ratio).squareRoot())))
    let columns = min(width, max(1, Int((area / ratio).squareRoot())))
    let top = random.below(height - rows + 1)
    let left = random.below(width - columns + 1)
    for c in 0..<channels {
      let grey = random.uniform()
      for y in top..<top + rows {
        let row = start + c * plane + y * width + left
        for i in row..<row + columns { values[i] = grey }
      }
    }
  }
}

extension CounterRandom {
  /// A number of a bell curve of mean 0 and standard deviation 1 that ends at ±3.45: the sum of the
  /// four bytes of one word. A tenth of the time of a normal number, which nobody could tell from it
  /// in a picture.
  @inline(__always)
  mutating func bell() -> Float {
    let word = nextWord()
    let sum = (word & 255) + (word >> 8 & 255) + (word >> 16 & 255) + (word >> 24)
    // A byte's variance is (256² − 1) / 12.
    return (Float(sum) - 510) * (1 / 147.800_54)
  }
}
