import Glibc

/// Locks of open files, which end with the process. Where a file system has none, as some network
/// drives, all are free.
///
/// They are those of fcntl(2) that belong to an open file: other than with flock(2), an exclusive one
/// becomes a shared one without a moment in which nobody has it, and one can ask without taking it.
enum FileLock: Int16 {
  case shared
  case exclusive

  private var kind: Int16 { Int16(self == .shared ? F_RDLCK : F_WRLCK) }

  /// Commands of Linux that Swift's module of the system does not show: F_OFD_GETLK, F_OFD_SETLK.
  private static let (ask, set): (Int32, Int32) = (36, 37)

  /// Takes it of the whole file in place of what this open file has; false if another has one that
  /// forbids it, and then nothing changes.
  func take(_ descriptor: Int32) -> Bool {
    var request = request
    return unsafe fcntl(descriptor, Self.set, &request) == 0
      || errno != EAGAIN && errno != EACCES
  }

  /// Whether another open file has one that forbids it.
  func isForbidden(_ descriptor: Int32) -> Bool {
    var request = request
    return unsafe fcntl(descriptor, Self.ask, &request) == 0 && request.l_type != Int16(F_UNLCK)
  }

  private var request: flock {
    var request = flock()
    request.l_type = kind
    request.l_whence = Int16(SEEK_SET)
    return request
  }
}
