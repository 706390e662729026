import Paths
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file that has not got its name yet: hidden, beside the one that it will replace.
///
/// Its own name is drawn at random, so that any number of processes and threads may write a file of
/// the same name at once; the last one to finish has it. It is locked while it is written, and the
/// lock ends with the process, whatever ends that: so what a dead process left is told from what a
/// living one writes, also one on another machine that shares the folder. Where a file system has no
/// locks, nothing is ever taken for abandoned.
struct UnfinishedFile: ~Copyable {
  /// What the system said.
  struct Failure: Error {
    let number: Int32
  }

  private let path: String
  private let descriptor: Int32
  private var hasItsName = false

  /// Those of this process. None begins and none gets its name while somebody holds them.
  private static let all = Mutex<Set<String>>([])

  private static let prefix = ".whylight-"
  private static let suffix = ".partial"

  init(beside target: String) throws(Failure) {
    let folder = target.folderPath
    while true {
      // Short enough wherever the file's own name may be at the limit.
      let name = Self.prefix + String(UInt64.random(in: .min ... .max), radix: 36) + Self.suffix
      let path = folder.appendingPath(name)
      let (descriptor, number) = Self.create(path)
      if descriptor < 0 && number == EEXIST { continue }
      guard descriptor >= 0 else { throw Failure(number: number) }
      // Somebody may have found it before it was locked, and taken it for abandoned.
      let isTaken = flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK
      if isTaken || Self.isRemoved(descriptor) {
        Self.all.withLock { _ = $0.remove(path) }
        close(descriptor)
        continue
      }
      self.path = path
      self.descriptor = descriptor
      return
    }
  }

  deinit {
    if !hasItsName {
      Self.all.withLock { all in
        all.remove(path)
        unsafe unlink(path)
      }
    }
    close(descriptor)
  }

  /// - Parameters:
  ///   - flushes: whether it waits until everything is on the disk.
  ///   - content: writes all of it to a descriptor.
  func write(
    flushes: Bool, _ content: (_ sink: Int32) throws(Failure) -> Void
  ) throws(Failure) {
    try content(descriptor)
    if flushes && fsync(descriptor) != 0 { throw Failure(number: errno) }
    // Some file systems say only when a file is closed that there was no room for it. It stays open
    // by its first descriptor, which has the lock.
    let second = dup(descriptor)
    if second < 0 || close(second) != 0 { throw Failure(number: errno) }
  }

  /// Gives it its name, in place of what has that name.
  consuming func finish(as target: String) throws(Failure) {
    let number = Self.all.withLock { all in
      if unsafe rename(path, target) != 0 { return errno }
      all.remove(path)
      return 0
    }
    if number != 0 { throw Failure(number: number) }
    hasItsName = true
  }

  /// Removes those of this process and lets none begin or get its name until the process ends, which
  /// `end` sees to.
  static func removeAll(andEnd end: () -> Never) -> Never {
    all.withLock { all in
      for path in all { unsafe unlink(path) }
      end()
    }
  }

  /// Zero, or the system's error number.
  static func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int32 {
    var place = 0
    while place < bytes.count {
      let count = unsafe systemWrite(descriptor, bytes.baseAddress! + place, bytes.count - place)
      if count < 0 && errno == EINTR { continue }
      if count < 0 { return errno }
      place += count
    }
    return 0
  }

  static func isName(_ name: String) -> Bool { name.hasPrefix(prefix) && name.hasSuffix(suffix) }

  /// Removes such a file if nobody is writing it.
  static func removeIfAbandoned(_ path: String) {
    let descriptor = unsafe open(path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    // No two files have the same name, so that what got its own meanwhile is not harmed.
    if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { unsafe unlink(path) }
  }

  /// The descriptor and, if there is none, the system's error number.
  private static func create(_ path: String) -> (descriptor: Int32, number: Int32) {
    all.withLock { all in
      let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      if descriptor >= 0 { all.insert(path) }
      return (descriptor, errno)
    }
  }

  private static func isRemoved(_ descriptor: Int32) -> Bool {
    var facts = stat()
    return unsafe fstat(descriptor, &facts) == 0 && facts.st_nlink == 0
  }
}
