import Synchronization
import Tensors

/// What a machine's cores can do: a loop of nothing but fused multiply-adds, on all threads.
enum PeakRate {
  /// Operations a second, the best of some short runs.
  static func measured(on workers: Workers, runs: Int = 5) -> Double {
    let clock = ContinuousClock()
    let rounds = 20_000_000
    var best = 0.0
    for _ in 0..<runs {
      let operations = Mutex(0.0)
      let time = clock.measure {
        workers.forEach(workers.count) { _, _ in
          let done = KernelVariant.best.runPeakLoop(rounds: rounds)
          operations.withLock { $0 += done }
        }
      }
      best = max(best, operations.withLock { $0 } / (time / .seconds(1)))
    }
    return best
  }
}
