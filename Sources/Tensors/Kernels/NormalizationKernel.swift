internal import CKernels

/// Batch normalisation of one channel of one group, forward and backward, with given statistics.
///
/// ```
/// y = (x − mean) · reciprocal · scale + bias
/// ```
///
/// Every instruction set gives the same numbers.
public struct NormalizationKernel: Sendable {
  private let line: CKernels_Normalization
  private let variant: KernelVariant

  public init(
    mean: Float, reciprocal: Float, scale: Float, bias: Float, variant: KernelVariant = .best
  ) {
    line = CKernels_Normalization(mean: mean, reciprocal: reciprocal, scale: scale, bias: bias)
    self.variant = variant
  }

  /// `Σ (x − center)` and `Σ (x − center)²` over the elements and the first `activeLanes` samples.
  public static func moments(
    of input: LanesView, about center: Float, activeLanes: Int, variant: KernelVariant = .best
  ) -> (sum: Double, squares: Double) {
    precondition((1...laneCount).contains(activeLanes), "\(activeLanes) lanes of \(laneCount)")
    return unsafe pairOfTotals {
      unsafe variant.table.pointee.channelMoments(
        input.count, Int32(activeLanes), center, input.floats, $0)
    }
  }

  /// Normalises a channel; both may be the same memory.
  public func run(_ input: LanesView, bounds: ResultBounds? = nil, into output: MutableLanesView) {
    precondition(input.count == output.count, "\(input.count) elements to \(output.count)")
    unsafe withUnsafePointer(to: line) { line in
      unsafe bounds.withPointer {
        unsafe variant.table.pointee.normalize(
          line, $0, input.count, input.floats, output.floats)
      }
    }
  }

  /// `Σ dy` and `Σ dy · (x − mean)` over the elements and the first `activeLanes` samples.
  ///
  /// `isRectified` says that `dOutput` is the gradient behind a ReLU of `y`: then dy is zero where the
  /// ReLU is.
  public func gradientSums(
    input: LanesView, dOutput: LanesView, isRectified: Bool, activeLanes: Int
  ) -> (sum: Double, product: Double) {
    precondition(
      input.count == dOutput.count, "gradients of \(dOutput.count) for \(input.count) elements")
    precondition((1...laneCount).contains(activeLanes), "\(activeLanes) lanes of \(laneCount)")
    return unsafe withUnsafePointer(to: line) { line in
      unsafe pairOfTotals {
        unsafe variant.table.pointee.normalizationGradientSums(
          line, isRectified ? 1 : 0, input.count, Int32(activeLanes), input.floats,
          dOutput.floats, $0)
      }
    }
  }

  /// `dx = (dy − dMean − (x − mean) · reciprocal · dSlope) · scale · reciprocal`, with dy as in
  /// ``gradientSums(input:dOutput:isRectified:activeLanes:)``; gradients may be the same memory.
  public func runBackward(
    input: LanesView, dOutput: LanesView, isRectified: Bool, dMean: Float, dSlope: Float,
    into dInput: MutableLanesView
  ) {
    precondition(
      input.count == dOutput.count && input.count == dInput.count,
      "gradients of \(dOutput.count) to \(dInput.count) for \(input.count) elements")
    unsafe withUnsafePointer(to: line) {
      unsafe variant.table.pointee.normalizationGradient(
        $0, isRectified ? 1 : 0, dMean, dSlope, input.count, input.floats, dOutput.floats,
        dInput.floats)
    }
  }
}

/// The two numbers that `body` writes.
@unsafe
private func pairOfTotals(_ body: (UnsafeMutablePointer<Double>) -> Void) -> (Double, Double) {
  var totals = (0.0, 0.0)
  unsafe withUnsafeMutableBytes(of: &totals) {
    unsafe body($0.baseAddress!.assumingMemoryBound(to: Double.self))
  }
  return totals
}
