/// Bounds the memory for pictures that are worked on at once: as many as have so many pixels
/// together, or one that has more by itself.
public actor PixelBudget {
  /// Sixteen pictures of a megapixel each.
  public static let usual = 16_000_000

  private let limit: Int
  private var used = 0

  /// Who waits, the longest waiting first: a large picture is not put off for ever by small ones.
  private var waiting: [(pixels: Int, begin: CheckedContinuation<Void, Never>)] = []

  public init(_ limit: Int = PixelBudget.usual) { self.limit = limit }

  /// Works on a picture as soon as there is room for it.
  public nonisolated func work<Success: Sendable, Failure: Error>(
    on pixels: Int, _ body: @Sendable () throws(Failure) -> Success
  ) async throws(Failure) -> Success {
    await take(pixels)
    let result: Result<Success, Failure>
    do throws(Failure) {
      result = .success(try body())
    } catch {
      result = .failure(error)
    }
    await give(pixels)
    return try result.get()
  }

  private func take(_ pixels: Int) async {
    if waiting.isEmpty && fits(pixels) {
      used += pixels
    } else {
      await withCheckedContinuation { waiting.append((pixels, $0)) }
    }
  }

  private func give(_ pixels: Int) {
    used -= pixels
    while let first = waiting.first, fits(first.pixels) {
      used += first.pixels
      waiting.removeFirst().begin.resume()
    }
  }

  private func fits(_ pixels: Int) -> Bool { used == 0 || used + pixels <= limit }
}
