import Glibc
import Synchronization
import Tensors
import TestSupport
import Testing

@testable import Pipeline

@Suite struct FileLockTests {
  /// A file that is opened again and again, each time with locks of its own.
  private func withFile(_ body: (_ open: () -> Int32) throws -> Void) async throws {
    try await withTemporaryFolder { folder in
      try body { unsafe open(folder + "/file", O_RDWR | O_CREAT, 0o666) }
    }
  }

  @Test func whatForbidsWhat() async throws {
    try await withFile { open in
      let (one, other) = (open(), open())
      defer { close(other) }
      let bytes = 3..<5
      #expect(FileLock.exclusive.take(bytes, of: one))
      #expect(!FileLock.exclusive.take(bytes, of: other))
      #expect(!FileLock.shared.take(4..<Int.max, of: other))
      #expect(FileLock.shared.isForbidden(0..<4, of: other))
      #expect(!FileLock.exclusive.isForbidden(bytes, of: one))
      #expect(FileLock.exclusive.take(5..<6, of: other))
      #expect(FileLock.shared.take(bytes, of: one))
      #expect(FileLock.shared.take(bytes, of: other))
      #expect(!FileLock.exclusive.take(bytes, of: other))
      // What was refused changed nothing.
      #expect(!FileLock.exclusive.take(bytes, of: one))
      #expect(FileLock.exclusive.isForbidden(bytes, of: one))
      FileLock.release(bytes, of: other)
      #expect(FileLock.exclusive.take(bytes, of: one))
      close(one)
      #expect(FileLock.exclusive.take(bytes, of: other))
    }
  }

  @Test func anExclusiveOneBecomesSharedWithoutAGap() async throws {
    try await withFile { open in
      let files = [open(), open()]
      defer { for file in files { close(file) } }
      let taken = Atomic(0)
      #expect(FileLock.exclusive.take(0..<1, of: files[0]))
      Workers(count: 2).forEach(2) { _, worker in
        for _ in 0..<20_000 {
          if worker == 0 {
            _ = FileLock.shared.take(0..<1, of: files[0])
            _ = FileLock.exclusive.take(0..<1, of: files[0])
          } else if FileLock.exclusive.take(0..<1, of: files[1]) {
            taken.add(1, ordering: .relaxed)
          }
        }
      }
      #expect(taken.load(ordering: .relaxed) == 0)
    }
  }
}
