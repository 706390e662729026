internal import CKernels

/// What a kernel holds its results between while they are still in registers; NaN passes.
public struct ResultBounds: Sendable, Hashable {
  public let low: Float
  public let high: Float

  public init(low: Float, high: Float) {
    self.low = low
    self.high = high
  }

  /// Those of a ReLU.
  public static let rectified = ResultBounds(low: 0, high: .infinity)
}

extension ResultBounds? {
  /// Calls `body` with the bounds as the kernels take them.
  func withPointer(_ body: (UnsafePointer<CKernels_Bounds>?) -> Void) {
    guard let self else {
      body(nil)
      return
    }
    var bounds = CKernels_Bounds(low: self.low, high: self.high)
    unsafe withUnsafePointer(to: &bounds) { unsafe body($0) }
  }
}
