internal import CKernels

/// The gradients of a convolution's weights and bias, summed over one group of samples.
///
/// ```
/// dWeight[k][c][κ] = Σ over samples, p of dOutput[k][p] · input[c][p · stride + κ]
/// dBias[k]         = Σ over samples, p of dOutput[k][p]
/// ```
public struct ConvolutionWeightGradientKernel: Sendable {
  public let geometry: ConvolutionGeometry
  public let variant: KernelVariant

  /// The elements of scratch memory that a run wants.
  public let scratchCount: Int

  private let sizes: CKernels_Convolution

  public init(_ geometry: ConvolutionGeometry, variant: KernelVariant = .best) {
    self.geometry = geometry
    self.variant = variant
    sizes = geometry.sizes
    let table = unsafe variant.table.pointee
    scratchCount = unsafe withUnsafePointer(to: sizes) {
      unsafe elementCount(bytes: table.convolutionWeightGradientScratchBytes($0))
    }
  }

  /// Adds the sums over the first `activeLanes` samples to `weightGradient` (in the weights' own
  /// order, `weightCount` floats) and to `biasGradient`. Other lanes are not looked at.
  @unsafe
  public func add(
    input: LanesView, outputGradient: LanesView, activeLanes: Int,
    to weightGradient: UnsafeMutablePointer<Float>, bias biasGradient: UnsafeMutablePointer<Float>?,
    scratch: MutableLanesView
  ) {
    precondition(
      input.count == geometry.inputCount && outputGradient.count == geometry.outputCount,
      "\(input.count) and \(outputGradient.count) elements for \(geometry)")
    precondition((1...laneCount).contains(activeLanes), "\(activeLanes) lanes of \(laneCount)")
    scratch.requireScratch(scratchCount)
    unsafe withUnsafePointer(to: sizes) {
      unsafe variant.table.pointee.convolutionWeightGradient(
        $0, Int32(activeLanes), input.floats, outputGradient.floats, weightGradient, biasGradient,
        scratch.pointer)
    }
  }
}
