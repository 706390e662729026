import Glibc

/// Locks of parts of an open file, which end with the process. Where a file system has none, as some
/// network drives, all are free.
///
/// They are those of fcntl(2) that belong to an open file: they hold between machines that share a
/// folder too, an exclusive one becomes a shared one without a moment in which nobody has it, and one
/// can ask without taking.
enum FileLock {
  case shared
  case exclusive

  /// Bytes that are locked; they need not be there. Without an end if that is `Int.max`.
  typealias Bytes = Range<Int>

  /// Takes it in place of what this open file has there; false if another open file has one that
  /// forbids it, and then nothing changes.
  func take(_ bytes: Bytes, of descriptor: Int32) -> Bool {
    Self.call(.set, kind, bytes, descriptor).number.map { $0 != EAGAIN && $0 != EACCES } ?? true
  }

  /// The same, as soon as nobody forbids it any more.
  func wait(for bytes: Bytes, of descriptor: Int32) {
    while Self.call(.setWaiting, kind, bytes, descriptor).number == EINTR {}
  }

  /// Whether another open file has one that forbids it.
  func isForbidden(_ bytes: Bytes, of descriptor: Int32) -> Bool {
    let answer = Self.call(.ask, kind, bytes, descriptor)
    return answer.number == nil && answer.kind != F_UNLCK
  }

  static func release(_ bytes: Bytes, of descriptor: Int32) {
    _ = call(.set, F_UNLCK, bytes, descriptor)
  }

  private var kind: Int32 { self == .shared ? F_RDLCK : F_WRLCK }

  /// Commands of Linux that Swift's module of the system does not show, `F_OFD_GETLK` and following.
  private enum Command: Int32 {
    case ask = 36
    case set = 37
    case setWaiting = 38
  }

  /// The kind of lock that the system answers with, and its error number if there was an error.
  private static func call(
    _ command: Command, _ kind: Int32, _ bytes: Bytes, _ descriptor: Int32
  ) -> (kind: Int32, number: Int32?) {
    var request = flock()
    request.l_type = Int16(kind)
    request.l_whence = Int16(SEEK_SET)
    request.l_start = bytes.lowerBound
    request.l_len = bytes.upperBound == .max ? 0 : bytes.count
    let failed = unsafe fcntl(descriptor, command.rawValue, &request) != 0
    return (Int32(request.l_type), failed ? errno : nil)
  }
}
