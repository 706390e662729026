// The crossings from views to the pointers that C takes.
extension LanesView {
  /// The same memory as floats.
  var floats: UnsafePointer<Float> {
    unsafe UnsafeRawPointer(pointer).assumingMemoryBound(to: Float.self)
  }
}

extension MutableLanesView {
  /// The same memory as floats.
  var floats: UnsafeMutablePointer<Float> {
    unsafe UnsafeMutableRawPointer(pointer).assumingMemoryBound(to: Float.self)
  }

  /// Traps unless there is room for a kernel's working memory.
  func requireScratch(_ needed: Int) {
    precondition(count >= needed, "\(count) elements of scratch where \(needed) are needed")
  }
}

/// Bytes in elements, rounded up.
func elementCount(bytes: Int) -> Int {
  (bytes + MemoryLayout<Vector>.size - 1) / MemoryLayout<Vector>.size
}
