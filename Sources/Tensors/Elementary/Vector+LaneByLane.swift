#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

// Functions that image networks hardly use: the C library's, one lane after the other.
extension Vector {
  public func sine() -> Vector { mapLanes { sinf($0) } }

  public func cosine() -> Vector { mapLanes { cosf($0) } }

  /// `xᵉ` with all the corner cases of C's `powf`.
  public func power(_ exponent: Vector) -> Vector {
    var result = self
    for lane in indices { result[lane] = powf(self[lane], exponent[lane]) }
    return result
  }
}
