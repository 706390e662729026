internal import CKernels

/// The instruction sets that the kernels are compiled for.
public enum KernelVariant: String, CaseIterable, Sendable {
  case avx512
  case avx2
  case neon
  case plain

  /// Those that this machine can run, the fastest first.
  public static let available = allCases.filter(\.isAvailable)

  /// The fastest that this machine has.
  public static let best = available[0]

  /// Whether this machine can run it.
  public var isAvailable: Bool { unsafe CKernels_select(selector) != nil }

  /// The functions of the variant.
  var table: UnsafePointer<CKernels_Table> {
    guard let table = unsafe CKernels_select(selector) else {
      preconditionFailure("this machine cannot run \(self) kernels")
    }
    return unsafe table
  }

  private var selector: CKernels_Variant {
    switch self {
    case .avx512: .AVX512
    case .avx2: .AVX2
    case .neon: .NEON
    case .plain: .plain
    }
  }

  /// Runs `rounds` rounds of independent multiply-adds and nothing else, and says how many floating
  /// point operations those were. The rate is the peak that kernels are measured against.
  public func runPeakLoop(rounds: Int) -> Double { unsafe table.pointee.peak(Int64(rounds)) }
}
