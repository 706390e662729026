/// By how many standard errors a mean of normal values misses the truth in one of twenty cases, when
/// the standard error itself comes from the same few values: Student's two-sided 95 % quantile.
///
/// Cornish and Fisher's expansion in the inverse of the degrees of freedom (Abramowitz, Stegun 1964,
/// 26.7.5), which is within 1 % from three degrees on; the first two stand here.
enum StudentQuantile {
  static func twoSided95(degreesOfFreedom: Int) -> Double {
    switch degreesOfFreedom {
    case ...0: return .infinity
    case 1: return 12.7062
    case 2: return 4.3027
    default:
      let n = Double(degreesOfFreedom)
      let z = 1.959964
      let (z2, z3) = (z * z, z * z * z)
      let first = (z3 + z) / 4
      let second = (5 * z3 * z2 + 16 * z3 + 3 * z) / 96
      let third = (3 * z3 * z2 * z2 + 19 * z3 * z2 + 17 * z3 - 15 * z) / 384
      return z + first / n + second / (n * n) + third / (n * n * n)
    }
  }
}
