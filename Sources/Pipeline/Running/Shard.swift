/// A part of a run: the pictures whose paths' hash falls to it. Parts are even, and a picture stays
/// with its part whatever others come or go.
public struct Shard: Sendable, Hashable {
  /// From 1 to `count`.
  public let number: Int
  public let count: Int

  /// Reads `2/8`.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let number = parts[0], let count = parts[1],
      1...Self.most ~= count, 1...count ~= number
    else { return nil }
    self.init(number: number, of: count)
  }

  private static let most = 1 << 30

  init(number: Int, of count: Int) {
    self.number = number
    self.count = count
  }

  /// Whether a picture is in this part.
  public func holds(_ path: String) -> Bool {
    Int(PathHash.value(of: path.utf8) % UInt64(count)) == number - 1
  }
}

/// A hash of paths that is the same everywhere and always.
enum PathHash {
  /// FNV-1a, and SplitMix64's last step, without which the low bits of short paths are uneven.
  static func value(of bytes: some Sequence<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    hash = (hash ^ (hash >> 30)) &* 0xbf58_476d_1ce4_e5b9
    hash = (hash ^ (hash >> 27)) &* 0x94d0_49bb_1331_11eb
    return hash ^ (hash >> 31)
  }
}
