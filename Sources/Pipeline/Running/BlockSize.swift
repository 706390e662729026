import Attribution
import Synchronization

/// How many pictures a thread takes at a time.
///
/// A network asked once about each of sixteen pictures takes as long as for one, since they stand side
/// by side. A method that asks often fills the lanes with one picture; then sixteen take sixteen times
/// as long, and many at a time mean that records come late, that other threads have nothing to do and
/// that a stop loses much.
public final class BlockSize: Sendable {
  /// As many as stand side by side.
  static let most = 16

  /// From how many evaluations for each picture on the lanes are as good as full.
  private static let many = 64

  /// How long a block should take where fewer pictures take less.
  private static let seconds = 0.5

  private let size: Mutex<Int>

  /// - Parameter size: until the first block is done, of which nothing is known.
  public init(_ size: Int = 1) { self.size = Mutex(size) }

  var value: Int { size.withLock { $0 } }

  /// Computes a block, and learns from it how large the next ones may be.
  func learning(
    _ compute: () throws -> [Result<Explanation, ExplanationProblem>]
  ) rethrows -> [Result<Explanation, ExplanationProblem>] {
    let clock = ContinuousClock()
    let start = clock.now
    let results = try compute()
    let seconds = (clock.now - start) / .seconds(1)
    let explanations = results.compactMap { try? $0.get() }
    var evaluations = 0
    for record in explanations.flatMap(\.maps).map(\.attribution.record) {
      evaluations += record.forwardEvaluations + record.backwardEvaluations
    }
    if !explanations.isEmpty {
      let value = Self.value(after: explanations.count, evaluations, seconds)
      size.withLock { $0 = value }
    }
    return results
  }

  /// The size after a block of so many pictures.
  static func value(after pictures: Int, _ evaluations: Int, _ seconds: Double) -> Int {
    guard evaluations >= many * pictures else { return most }
    let fitting = Self.seconds * Double(pictures) / max(seconds, 1e-6)
    return Int(min(max(fitting, 1), Double(most)))
  }
}
