internal import CKernels

/// Weighted sums over the lanes of each element.
public enum LaneSumsKernel {
  /// Adds to each sum its element's lanes times their weights, in the same order whatever the
  /// machine. Lanes without weight do not count, not even a NaN.
  public static func add(
    _ source: LanesView, weights: Vector, to sums: inout [Float], variant: KernelVariant
  ) {
    precondition(sums.count == source.count, "\(sums.count) sums of \(source.count) elements")
    unsafe sums.withUnsafeMutableBufferPointer { sums in
      guard let start = sums.baseAddress else { return }
      unsafe withUnsafePointer(to: weights) { weights in
        unsafe variant.table.pointee.addLaneSums(
          source.count, UnsafeRawPointer(weights).assumingMemoryBound(to: Float.self),
          source.floats, start)
      }
    }
  }
}
