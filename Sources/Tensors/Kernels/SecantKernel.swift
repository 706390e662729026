internal import CKernels

/// Multipliers between two inputs of piecewise linear layers: what the output changes, divided by what
/// the input changes. Gradients behind the layer times these are those in front of it.
///
/// Every variant gives the same bytes.
public enum SecantKernel {
  /// Of ReLUs; zero where both ends are zero or less. Gradients may be the same memory.
  public static func rectifier(
    _ input: LanesView, _ other: EndValues, _ dOutput: LanesView, into dInput: MutableLanesView,
    variant: KernelVariant
  ) {
    precondition(
      dOutput.count == dInput.count && input.count == dInput.count && other.count == input.count,
      "\(dOutput.count), \(input.count) and \(other.count) elements to \(dInput.count)")
    unsafe other.withOtherEnd {
      unsafe variant.table.pointee.rectifierSecants(
        input.count, input.floats, $0, dOutput.floats, dInput.floats)
    }
  }
}

extension HalvingKernel {
  /// Multipliers of the running maximum over each window, `M₁ = v₁`, `Mₜ = Mₜ₋₁ + relu(vₜ − Mₜ₋₁)`,
  /// and of a ReLU behind it (`isRectified`), times the gradients behind both.
  public func runSecants(
    _ input: LanesView, _ other: EndValues, _ dOutput: LanesView, into dInput: MutableLanesView,
    isRectified: Bool = false
  ) {
    requireCounts(input: dInput.count, output: dOutput.count)
    precondition(
      input.count == dInput.count && other.count == input.count,
      "\(input.count) and \(other.count) elements to \(dInput.count)")
    unsafe other.withOtherEnd {
      unsafe variant.table.pointee.halvingSecants(
        sizes.channels, sizes.height, sizes.width, isRectified ? 1 : 0, input.floats, $0,
        dOutput.floats, dInput.floats)
    }
  }
}

extension EndValues {
  fileprivate func withOtherEnd(_ body: (UnsafePointer<CKernels_OtherEnd>) -> Void) {
    unsafe withUnsafePointer(to: lastElement) { last in
      let floats = unsafe UnsafeRawPointer(last).assumingMemoryBound(to: Float.self)
      let ends = unsafe CKernels_OtherEnd(first: first, last: floats)
      unsafe withUnsafePointer(to: ends) { unsafe body($0) }
    }
  }
}
