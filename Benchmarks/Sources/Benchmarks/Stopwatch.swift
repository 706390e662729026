/// Times pieces of work.
struct Stopwatch {
  /// For how long each piece of work is repeated.
  let seconds: Double

  /// The median time of one call, after one that warms the caches.
  func medianSeconds(_ work: () -> Void) -> Double {
    let sorted = times(work)
    return sorted[sorted.count / 2]
  }

  /// The shortest time of one call.
  func fastestSeconds(_ work: () -> Void) -> Double { times(work)[0] }

  /// The times of several calls, the shortest first.
  private func times(_ work: () -> Void) -> [Double] {
    work()
    let clock = ContinuousClock()
    let start = clock.now
    var times: [Double] = []
    repeat {
      let time = clock.measure(work)
      times.append(Self.seconds(time))
    } while Self.seconds(clock.now - start) < seconds || times.count < 5
    return times.sorted()
  }

  private static func seconds(_ duration: Duration) -> Double { duration / .seconds(1) }
}
