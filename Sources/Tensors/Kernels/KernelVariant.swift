/// The instruction sets that the kernels are compiled for.
public enum KernelVariant: String, CaseIterable, Sendable {
  case avx512
  case avx2
  case neon
  case plain

  /// The fastest that this machine has.
  public static let best = KernelVariant.plain
}
