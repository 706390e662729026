import Tensors

/// What one core reaches with independent multiply-adds and nothing else: the fastest of
/// several runs, since whatever interrupts one would flatter all the shares.
func peakRate(_ variant: KernelVariant) -> Double {
  let rounds = 2_000_000
  var operations = 0.0
  let time = Stopwatch(seconds: 0.3).fastestSeconds {
    operations = variant.runPeakLoop(rounds: rounds)
  }
  return operations / time
}
