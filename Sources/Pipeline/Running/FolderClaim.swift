import Glibc
public import Imaging

/// What runs do in an output folder at the same time: who is there, and who begins.
///
/// A hidden file in the folder carries the locks, so that records, settings and page can be replaced
/// by whole files; it stays, since a file that somebody may be about to lock cannot be removed. Its
/// first byte is taken by who has the turn, the others say what goes on.
public final class FolderClaim: Sendable {
  /// What a run is to others in its folder.
  public enum Role: Sendable {
    /// It is alone.
    case whole

    /// Beside it, others of as many shards.
    case shard(Shard)

    /// Beside it, others like it.
    case filter

    public init(_ shard: Shard?) { self = shard.map { .shard($0) } ?? .whole }
  }

  private let descriptor: Int32
  private let folder: String

  static let fileName = ".whylight-lock"

  /// Claims nothing yet.
  public init(_ folder: String) throws(ImageFileError) {
    self.folder = folder
    let path = folder + "/" + Self.fileName
    descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw ImageFileError(writing: path, systemError: errno) }
  }

  deinit { close(descriptor) }

  /// Does what must not go on twice at a time: to begin a run, to make the page. Waits until nobody
  /// else does.
  public func inTurn<Result>(_ body: () throws -> Result) rethrows -> Result {
    FileLock.exclusive.wait(for: Self.turn, of: descriptor)
    defer { FileLock.release(Self.turn, of: descriptor) }
    return try body()
  }

  /// Says that a run goes on here, from now to the end of this claim.
  ///
  /// To be called in turn: whether there are others and whether it may be there is not one question
  /// for the system.
  ///
  /// - Returns: whether others of the same role are there.
  /// - Throws: ``RunError/inUse(folder:)`` if there are any of another.
  @discardableResult public func enter(as role: Role) throws(RunError) -> Bool {
    let (kind, place) = Self.place(of: role)
    let isJoined = FileLock.exclusive.isForbidden(place, of: descriptor)
    var mayEnter =
      !Self.others(besides: role).contains { FileLock.exclusive.isForbidden($0, of: descriptor) }
      && kind.take(place, of: descriptor)
    if case .shard(let shard) = role, mayEnter {
      let own = Self.firstShard + shard.number
      mayEnter = FileLock.exclusive.take(own..<own + 1, of: descriptor)
    }
    guard mayEnter else { throw .inUse(folder: folder) }
    return isJoined
  }

  /// Says that it goes on no longer. To be called in turn: of some that end together, only the last
  /// hears that no others are left.
  ///
  /// - Returns: whether others of the role are there.
  public func leave(_ role: Role) -> Bool {
    let place = Self.place(of: role).bytes
    FileLock.release(place, of: descriptor)
    return FileLock.exclusive.isForbidden(place, of: descriptor)
  }

  private static let turn = 0..<1

  /// Of filters; behind it a byte for each number of shards that there may be, and one for each
  /// shard.
  private static let filters = 1
  private static let firstShard = 1 << 40

  /// What a role locks that others of the same role lock too, unless each must be alone.
  private static func place(of role: Role) -> (kind: FileLock, bytes: FileLock.Bytes) {
    switch role {
    case .whole: (.exclusive, filters..<Int.max)
    case .filter: (.shared, filters..<filters + 1)
    case .shard(let shard): (.shared, filters + shard.count..<filters + shard.count + 1)
    }
  }

  /// What other roles lock; an exclusive lock of all finds them by itself.
  private static func others(besides role: Role) -> [FileLock.Bytes] {
    if case .whole = role { return [] }
    let own = place(of: role).bytes
    return [filters..<own.lowerBound, own.upperBound..<firstShard].filter { !$0.isEmpty }
  }
}
