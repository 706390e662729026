import Synchronization
import Tensors

/// What a machine's cores can do: a loop of nothing but fused multiply-adds, on all threads.
enum PeakRate {
  /// Operations a second, the best of some short runs: a run of 20 million rounds takes a tenth of
  /// a second.
  static func measured(
    on workers: Workers, with kernels: KernelVariant = .best, runs: Int = 5,
    rounds: Int = 20_000_000
  ) -> Double {
    let clock = ContinuousClock()
    var best = 0.0
    for _ in 0..<runs {
      let operations = Mutex(0.0)
      let time = clock.measure {
        workers.forEach(workers.count) { _, _ in
          let done = kernels.runPeakLoop(rounds: rounds)
          operations.withLock { $0 += done }
        }
      }
      best = max(best, operations.withLock { $0 } / (time / .seconds(1)))
    }
    return best
  }
}
