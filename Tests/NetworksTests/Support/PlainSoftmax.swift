#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Softmax of one sample in `Double`.
enum PlainSoftmax {
  static func values(_ scores: [Float]) -> [Double] { logarithms(scores).map { exp($0) } }

  static func logarithms(_ scores: [Float]) -> [Double] {
    let largest = Double(scores.max() ?? 0)
    let sum = scores.reduce(0) { sum, score in sum + exp(Double(score) - largest) }
    return scores.map { Double($0) - largest - log(sum) }
  }
}
