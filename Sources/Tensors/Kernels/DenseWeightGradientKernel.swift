internal import CKernels

/// The gradients of a dense layer's weights and bias, summed over one group of samples.
///
/// ```
/// dWeight[o][i] = Σ over samples of dOutput[o] · input[i]        dBias[o] = Σ dOutput[o]
/// ```
public struct DenseWeightGradientKernel: Sendable {
  public let geometry: DenseGeometry
  public let variant: KernelVariant

  /// The elements of scratch memory that a run wants.
  public let scratchCount: Int

  public init(_ geometry: DenseGeometry, variant: KernelVariant = .best) {
    self.geometry = geometry
    self.variant = variant
    scratchCount = unsafe elementCount(
      bytes: variant.table.pointee.denseWeightGradientScratchBytes(
        Int32(geometry.inputs), Int32(geometry.outputs)))
  }

  /// Adds the sums over the first `activeLanes` samples to `weightGradient` (`[outputs, inputs]`) and
  /// to `biasGradient`. Other lanes are not looked at.
  @unsafe
  public func add(
    input: LanesView, outputGradient: LanesView, activeLanes: Int,
    to weightGradient: UnsafeMutablePointer<Float>, bias biasGradient: UnsafeMutablePointer<Float>?,
    scratch: MutableLanesView
  ) {
    precondition(
      input.count == geometry.inputs && outputGradient.count == geometry.outputs,
      "\(input.count) and \(outputGradient.count) elements for \(geometry)")
    precondition((1...laneCount).contains(activeLanes), "\(activeLanes) lanes of \(laneCount)")
    scratch.requireScratch(scratchCount)
    unsafe variant.table.pointee.denseWeightGradient(
      Int32(geometry.inputs), Int32(geometry.outputs), Int32(activeLanes), input.floats,
      outputGradient.floats, weightGradient, biasGradient, scratch.pointer)
  }
}
