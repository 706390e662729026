import Glibc

/// Which state of which file it is: another file in its place differs, and so does the same file
/// after something was written to it.
struct FileState: Equatable {
  private let device: dev_t
  private let number: ino_t
  private let size: off_t
  private let written: Moment
  private let changed: Moment

  private struct Moment: Comparable {
    let seconds: Int
    let nanoseconds: Int

    init(_ time: timespec) { (seconds, nanoseconds) = (time.tv_sec, time.tv_nsec) }

    static func < (one: Moment, other: Moment) -> Bool {
      (one.seconds, one.nanoseconds) < (other.seconds, other.nanoseconds)
    }
  }

  /// - Parameter followsLink: whether of a link, it is the state of the file that it leads to.
  init?(_ path: String, followsLink: Bool = true) {
    var facts = stat()
    let result = followsLink ? unsafe stat(path, &facts) : unsafe lstat(path, &facts)
    guard result == 0 else { return nil }
    (device, number, size) = (facts.st_dev, facts.st_ino, facts.st_size)
    (written, changed) = (Moment(facts.st_mtim), Moment(facts.st_ctim))
  }

  var byteCount: Int { Int(size) }

  /// Whether something was written to it after the other, or it came to its place after it.
  ///
  /// A file that is moved, unpacked or copied with its times was written long ago. The system's own
  /// time of its last change cannot be set; permissions and links change it as well, and so a picture
  /// may be taken for newer that is not.
  func isNewer(than other: FileState) -> Bool {
    written > other.written || changed > max(other.written, other.changed)
  }

  /// A file with another owner or another name more is the same.
  static func == (one: FileState, other: FileState) -> Bool {
    (one.device, one.number, one.size, one.written)
      == (other.device, other.number, other.size, other.written)
  }
}
