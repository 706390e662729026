internal import CKernels

/// Activations with the instructions that the machine has; see `CKernels_Activation`.
public enum ActivationKernel: Hashable, Sendable {
  case sigmoid
  case silu
  case hardSwish
  case clip(low: Float, high: Float)

  /// `target[i] = f(source[i])`; both may be the same memory.
  public func run(_ source: LanesView, into target: MutableLanesView, variant: KernelVariant) {
    precondition(source.count == target.count, "\(source.count) elements to \(target.count)")
    let (kind, low, high): (CKernels_Activation, Float, Float) =
      switch self {
      case .sigmoid: (.sigmoid, 0, 0)
      case .silu: (.siLU, 0, 0)
      case .hardSwish: (.hardSwish, 0, 0)
      case .clip(let low, let high): (.clip, low, high)
      }
    unsafe variant.table.pointee.activate(
      kind, low, high, source.count, source.floats, target.floats)
  }

  /// `dSource[i] = dTarget[i] · f′` of a ReLU with these results; gradients may be the same memory.
  public static func rectifierGradient(
    result: LanesView, _ dTarget: LanesView, into dSource: MutableLanesView,
    variant: KernelVariant
  ) {
    precondition(
      result.count == dTarget.count && result.count == dSource.count,
      "\(result.count), \(dTarget.count) elements to \(dSource.count)")
    unsafe variant.table.pointee.rectifierGradient(
      result.count, result.floats, dTarget.floats, dSource.floats)
  }

  /// `dSource[i] = dTarget[i] · f′(source[i])` of SiLU; gradients may be the same memory.
  public static func siluGradient(
    _ source: LanesView, _ dTarget: LanesView, into dSource: MutableLanesView,
    variant: KernelVariant
  ) {
    precondition(
      source.count == dTarget.count && source.count == dSource.count,
      "\(source.count), \(dTarget.count) elements to \(dSource.count)")
    unsafe variant.table.pointee.siluGradient(
      source.count, source.floats, dTarget.floats, dSource.floats)
  }
}
