import Glibc

/// Which state of which file it is: another file in its place differs, and so does the same file
/// after something was written to it.
struct FileState: Equatable {
  private let device: dev_t
  private let number: ino_t
  private let size: off_t
  private let seconds: Int
  private let nanoseconds: Int

  init?(_ path: String) {
    var facts = stat()
    guard unsafe stat(path, &facts) == 0 else { return nil }
    (device, number, size) = (facts.st_dev, facts.st_ino, facts.st_size)
    (seconds, nanoseconds) = (facts.st_mtim.tv_sec, facts.st_mtim.tv_nsec)
  }

  var byteCount: Int { Int(size) }

  /// Whether something was written to it after the other.
  func isNewer(than other: FileState) -> Bool {
    (seconds, nanoseconds) > (other.seconds, other.nanoseconds)
  }
}
