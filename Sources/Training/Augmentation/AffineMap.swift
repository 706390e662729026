#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Where in the old picture the pixels of the new one come from, in pixels:
///
/// ```
/// source = A (target − centre) + centre − shift        A = scale⁻¹ · shear · rotation
/// ```
struct AffineMap {
  /// Columns of A.
  let xx: Float
  let xy: Float
  let yx: Float
  let yy: Float

  /// The source of the target's first pixel.
  let x0: Float
  let y0: Float

  init(
    scaleX: Float, scaleY: Float, angle: Float, shear: Float, shiftX: Float, shiftY: Float,
    height: Int, width: Int
  ) {
    let (cosine, sine) = (cos(angle), sin(angle))
    xx = (cosine + shear * sine) / scaleX
    xy = (-sine + shear * cosine) / scaleX
    yx = sine / scaleY
    yy = cosine / scaleY
    let centerX = Float(width - 1) / 2
    let centerY = Float(height - 1) / 2
    x0 = centerX - shiftX - xx * centerX - xy * centerY
    y0 = centerY - shiftY - yx * centerX - yy * centerY
  }
}

/// `eˣ`, from the system's library.
func exponential(_ x: Float) -> Float { exp(x) }

/// `log(1 + x)`, from the system's library.
func log1p(_ x: Float) -> Float { log(1 + x) }
