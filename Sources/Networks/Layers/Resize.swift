public import Tensors

/// Enlarges or shrinks the last axes by looking up nearest or interpolating neighbouring elements.
///
/// ```
/// y[o] = Σ over sources i of w(o, i) · x[i]        dx[i] = Σ over o of w(o, i) · dy[o]
/// ```
///
/// with one source of weight one (nearest) or two along each axis whose weights add up to one
/// (linear). Sources outside the input are its edge elements. The positions are exact in `Double`;
/// PyTorch calculates them in `Float`.
public struct Resize: Layer, Hashable {
  /// The lengths of the resized axes, one or two of them, before and after.
  public let source: [Int]
  public let target: [Int]
  public let interpolation: Interpolation
  public let coordinates: Coordinates

  /// How much longer each axis becomes, where that is not the ratio of the lengths.
  public let scales: [Double]?
  private let vertical: [Taps]
  private let horizontal: [Taps]

  /// Resizes the last axes from the lengths of `source` to those of `target`.
  ///
  /// `scales` are needed only where they differ from the ratio of the lengths, as when a model file
  /// enlarges 5 by 1.5 to 7.
  public init(
    from source: [Int], to target: [Int], scales: [Double]? = nil,
    interpolation: Interpolation, coordinates: Coordinates
  ) {
    precondition(
      1...2 ~= source.count && source.count == target.count && source.allSatisfy { $0 > 0 }
        && target.allSatisfy { $0 > 0 }, "resizing \(source) to \(target)")
    precondition(scales.map { $0.count == source.count } ?? true, "scales for \(source.count) axes")
    self.source = source
    self.target = target
    self.interpolation = interpolation
    self.coordinates = coordinates
    self.scales = scales
    let tables = source.indices.map { axis in
      (0..<target[axis]).map { output in
        let position = coordinates.position(
          of: output, from: source[axis], to: target[axis], scale: scales?[axis])
        return interpolation.taps(at: position, length: source[axis])
      }
    }
    vertical = tables.count == 2 ? tables[0] : [Taps(first: 0, second: 0, share: 0)]
    horizontal = tables[tables.count - 1]
  }

  public func outputShape(inputs: [Shape], parameters: [Shape]) throws(ShapeError) -> Shape {
    try requireCounts(inputs, 1...1, parameters, 0...0)
    let kept = inputs[0].rank - source.count
    guard kept >= 0 else {
      throw .wrongRank(input: 0, found: inputs[0], expected: source.count...8)
    }
    for (index, length) in source.enumerated() where inputs[0][kept + index] != length {
      throw .wrongLength(
        input: 0, axis: kept + index, found: inputs[0][kept + index], expected: length)
    }
    let axes = inputs[0].axes[..<kept] + target
    guard let shape = Shape(checking: Array(axes)) else { throw .tooLarge(axes: Array(axes)) }
    return shape
  }

  public var backwardReads: BackwardReads { [] }

  public func forward(_ pass: ForwardPass, weights: LayerWeights) {
    forEachLine(planes: pass.inputShapes[0].count / plane) { rows, above, below, line in
      let (above, below) = (pass.inputs[0][above], pass.inputs[0][below])
      let output = pass.output[line]
      for (x, columns) in horizontal.enumerated() {
        switch interpolation {
        case .nearest:
          output[x] = above[columns.first]
        case .linear:
          let upper = blend(above[columns.first], above[columns.second], columns.share)
          let lower = blend(below[columns.first], below[columns.second], columns.share)
          output[x] = blend(upper, lower, rows.share)
        }
      }
    }
  }

  public func backward(_ pass: BackwardPass, weights: LayerWeights) {
    guard let dInput = pass.dInputs[0] else { return }
    dInput.fill(.zero)
    forEachLine(planes: pass.inputShapes[0].count / plane) { rows, above, below, line in
      let (above, below) = (dInput[above], dInput[below])
      let dOutput = pass.dOutput[line]
      for (x, columns) in horizontal.enumerated() {
        switch interpolation {
        case .nearest:
          above[columns.first] += dOutput[x]
        case .linear:
          let upper = dOutput[x] * (1 - rows.share)
          above[columns.first] += upper * (1 - columns.share)
          above[columns.second] += upper * columns.share
          let lower = dOutput[x] * rows.share
          below[columns.first] += lower * (1 - columns.share)
          below[columns.second] += lower * columns.share
        }
      }
    }
  }

  private var plane: Int { source.reduce(1, *) }

  /// Gives `body` each output line's weights and its two source lines.
  @inline(__always)
  private func forEachLine(
    planes: Int,
    _ body: (_ rows: Taps, _ above: Range<Int>, _ below: Range<Int>, _ line: Range<Int>) -> Void
  ) {
    let width = source[source.count - 1]
    for c in 0..<planes {
      for (y, rows) in vertical.enumerated() {
        let above = c * plane + rows.first * width
        let below = c * plane + rows.second * width
        let line = (c * vertical.count + y) * horizontal.count
        body(
          rows, above..<above + width, below..<below + width, line..<line + horizontal.count)
      }
    }
  }

  @inline(__always)
  private func blend(_ a: Vector, _ b: Vector, _ share: Float) -> Vector {
    a * (1 - share) + b * share
  }
}

extension Resize {
  /// Which elements make an output: the element at a position, or a mixture of its neighbours.
  public enum Interpolation: Hashable, Sendable {
    case nearest(Rounding)
    case linear
  }

  /// Which element is nearest to a position between two.
  public enum Rounding: Hashable, Sendable {
    case floor
    case ceil

    /// The nearer one, of two equally near the lower.
    case roundPreferFloor

    /// The nearer one, of two equally near the upper.
    case roundPreferCeil
  }

  /// Where in the input an output element lies; the names are ONNX's.
  public enum Coordinates: Hashable, Sendable {
    /// Elements are pixels with an extent; the images' edges coincide.
    case halfPixel

    /// The same, but a single output element lies at the first input element.
    case pytorchHalfPixel

    /// The centres of the corner elements coincide.
    case alignCorners

    /// Elements are points; the first ones coincide.
    case asymmetric
  }

  /// The one or two source elements of an output along one axis.
  struct Taps: Hashable, Sendable {
    let first: Int
    let second: Int

    /// The weight of the second.
    let share: Float
  }
}

extension Resize.Coordinates {
  func position(of output: Int, from: Int, to: Int, scale: Double?) -> Double {
    // A product before a quotient: exact wherever the position is an integer.
    func shrunk(_ x: Double) -> Double { scale.map { x / $0 } ?? x * Double(from) / Double(to) }
    switch self {
    case .halfPixel: return shrunk(Double(output) + 0.5) - 0.5
    case .pytorchHalfPixel: return to > 1 ? shrunk(Double(output) + 0.5) - 0.5 : 0
    case .alignCorners: return to > 1 ? Double(output * (from - 1)) / Double(to - 1) : 0
    case .asymmetric: return shrunk(Double(output))
    }
  }
}

extension Resize.Interpolation {
  func taps(at position: Double, length: Int) -> Resize.Taps {
    let inside = min(max(position, 0), Double(length - 1))
    let first: Int
    switch self {
    case .nearest(.floor): first = Int(inside.rounded(.down))
    case .nearest(.ceil): first = Int(inside.rounded(.up))
    case .nearest(.roundPreferFloor): first = Int((inside - 0.5).rounded(.up))
    case .nearest(.roundPreferCeil): first = Int((inside + 0.5).rounded(.down))
    case .linear:
      let lower = Int(inside.rounded(.down))
      return Resize.Taps(
        first: lower, second: min(lower + 1, length - 1), share: Float(inside - Double(lower)))
    }
    return Resize.Taps(first: first, second: first, share: 0)
  }
}
