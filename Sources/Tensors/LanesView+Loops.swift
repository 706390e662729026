// The loops that most layers are made of. They check the lengths once and then run over bare
// memory, so that a layer need not say `unsafe` to be fast.
extension MutableLanesView {
  /// `self[i] = value`
  @inlinable
  public func fill(_ value: Vector) {
    for i in 0..<count { unsafe pointer[i] = value }
  }

  /// `self[i] = source[i]`
  @inlinable
  public func copy(_ source: LanesView) {
    precondition(source.count == count, "\(source.count) elements copied to \(count)")
    unsafe pointer.update(from: source.pointer, count: count)
  }

  /// `self[i] += source[i]`
  @inlinable
  public func add(_ source: LanesView) {
    precondition(source.count == count, "\(source.count) elements added to \(count)")
    for i in 0..<count { unsafe pointer[i] += source.pointer[i] }
  }

  /// `self[i] = function(a[i])`; `a` may be the same memory.
  @inlinable
  @inline(__always)
  public func map(_ a: LanesView, _ function: (Vector) -> Vector) {
    precondition(a.count == count, "\(a.count) elements mapped to \(count)")
    for i in 0..<count { unsafe pointer[i] = function(a.pointer[i]) }
  }

  /// `self[i] = function(a[i], b[i])`; either may be the same memory.
  @inlinable
  @inline(__always)
  public func map(_ a: LanesView, _ b: LanesView, _ function: (Vector, Vector) -> Vector) {
    precondition(a.count == count && b.count == count, "\(a.count), \(b.count) mapped to \(count)")
    for i in 0..<count { unsafe pointer[i] = function(a.pointer[i], b.pointer[i]) }
  }

  /// `self[i] = function(a[i], b[i], c[i])`; each may be the same memory.
  @inlinable
  @inline(__always)
  public func map(
    _ a: LanesView, _ b: LanesView, _ c: LanesView, _ function: (Vector, Vector, Vector) -> Vector
  ) {
    precondition(
      a.count == count && b.count == count && c.count == count,
      "\(a.count), \(b.count), \(c.count) mapped to \(count)")
    for i in 0..<count { unsafe pointer[i] = function(a.pointer[i], b.pointer[i], c.pointer[i]) }
  }
}
