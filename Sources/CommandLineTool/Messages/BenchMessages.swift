import Pipeline
import Rendering

/// What `bench` says.
enum BenchMessages {
  /// For people.
  static func text(_ throughput: Throughput) -> String {
    let images = decimals(throughput.imagesPerSecond, 1)
    let evaluations = decimals(throughput.evaluationsPerSecond, 0)
    let rate = decimals(throughput.operationsPerSecond / 1e9, 1)
    let share = Percentage.text(throughput.fractionOfPeak)
    return "\(images) images a second, \(evaluations) evaluations a second, \(rate) GFLOP/s: "
      + "\(share) of the peak"
  }

  /// For programs: one line.
  static func json(_ throughput: Throughput) -> String {
    let fields = [
      ("images_per_second", throughput.imagesPerSecond),
      ("evaluations_per_second", throughput.evaluationsPerSecond),
      ("flops_per_second", throughput.operationsPerSecond),
      ("peak_flops_per_second", throughput.peakOperationsPerSecond),
      ("fraction_of_peak", throughput.fractionOfPeak),
    ]
    return JSONText.object(fields.map { ($0, JSONText.number($1)) })
  }
}
