/// A layer that can apply a following ReLU while it still holds the result in registers.
///
/// The plan merges `layer → ReLU` into one step where nobody wants the value between them.
public protocol RectifyingLayer: Layer {}
