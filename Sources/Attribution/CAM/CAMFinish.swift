import Networks
import Tensors

/// How a layer's coarse map becomes one of the input's size.
///
/// A class activation map is one plane. It is spread evenly over the input's channels, so that their
/// sum, which is what is drawn, is the map.
struct CAMFinish: Sendable {
  /// Whether only what speaks for the class is kept.
  let rectifies: Bool
  let upsampling: Upsampling

  /// Whether the map is stretched to 0…1 before and after it is enlarged, as pytorch-grad-cam does.
  let isStretched: Bool

  enum Upsampling: String, Sendable, CaseIterable {
    /// Pixels have an extent and the images' edges coincide, as in OpenCV.
    case bilinear
    case nearest
  }

  /// Enlarges planes of the layer's size.
  func enlarging(_ source: Shape, to target: Shape) -> Resize {
    switch upsampling {
    case .bilinear:
      Resize(
        from: Array(source.axes[1...]), to: Array(target.axes[1...]), interpolation: .linear,
        coordinates: .halfPixel)
    case .nearest:
      Resize(
        from: Array(source.axes[1...]), to: Array(target.axes[1...]),
        interpolation: .nearest(.floor), coordinates: .asymmetric)
    }
  }

  /// Writes the map of a coarse plane, which is overwritten.
  func finish(
    _ coarse: MutableLanesView, of source: Shape, into map: MutableLanesView, _ target: Shape
  ) {
    let plane = map[0..<target.count / target[0]]
    if rectifies { coarse.map(coarse.readOnly) { .maximum($0, .zero) } }
    if isStretched { coarse.stretch() }
    enlarging(source, to: target).enlarge(coarse.readOnly, into: plane)
    if isStretched { plane.stretch() }
    guard target[0] > 1 else { return }
    plane.map(plane.readOnly) { $0 / Float(target[0]) }
    for channel in 1..<target[0] {
      map[channel * plane.count..<(channel + 1) * plane.count].copy(plane.readOnly)
    }
  }

  /// The maps of coarse planes that are at hand as numbers.
  func finish(_ coarse: [[Float]], of source: Shape, _ target: Shape) -> [[Float]] {
    var maps: [[Float]] = []
    let plane = Shape([1] + source.axes[1...])
    for start in stride(from: 0, to: coarse.count, by: laneCount) {
      let part = coarse[start..<min(coarse.count, start + laneCount)]
      let planes = Lanes(plane, samples: Array(part))
      let finished = Lanes(target)
      defer { withExtendedLifetime((planes, finished)) {} }
      finish(planes.mutableView, of: source, into: finished.mutableView, target)
      maps += part.indices.map { finished.view.sample($0 - start) }
    }
    return maps
  }
}

extension Resize {
  /// Resizes as many planes as there are.
  func enlarge(_ planes: LanesView, into output: MutableLanesView) {
    let count = planes.count / source.reduce(1, *)
    let (shape, purpose) = (Shape([count] + source), PlanPurpose())
    forward(
      ForwardPass(
        inputs: [planes], inputShapes: [shape], output: output,
        outputShape: Shape([count] + target), cache: output[0..<0], scratch: output[0..<0],
        purpose: purpose),
      weights: LayerWeights(self, inputs: [shape], purpose: purpose) { [] })
  }
}

extension MutableLanesView {
  /// Brings each sample to 0…1; a flat one to 0.
  func stretch() {
    var (low, high) = (self[0], self[0])
    for i in 1..<count {
      low = .minimum(low, self[i])
      high = .maximum(high, self[i])
    }
    let scale = 1 / (high - low + 1e-7)
    map(readOnly) { ($0 - low) * scale }
  }
}
