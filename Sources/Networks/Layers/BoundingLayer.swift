/// A layer that can hold its result between two bounds while it is still in registers.
///
/// The plan merges `layer → ReLU` and `layer → clip` into one step where nobody wants the value
/// between them.
public protocol BoundingLayer: Layer {}
