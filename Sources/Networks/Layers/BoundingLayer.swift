/// A layer that can hold its result between two bounds while it is still in registers.
///
/// The plan merges `layer → ReLU` and `layer → clip` into one step where nobody wants the value
/// between them.
public protocol BoundingLayer: Layer {
  /// Whether backward also takes the gradient through a merged ReLU
  /// (``BackwardPass/isRectified``), so that the ReLU has nothing to do and its output need not be
  /// kept. Others leave that to the ReLU.
  func takesRectifierGradient(purpose: PlanPurpose) -> Bool
}

extension BoundingLayer {
  public var asBounding: (any BoundingLayer)? { self }
  public func takesRectifierGradient(purpose: PlanPurpose) -> Bool { false }
}
