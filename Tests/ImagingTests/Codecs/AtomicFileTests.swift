import Foundation
import Imaging
import TestSupport
import Testing

@Suite struct AtomicFileTests {
  @Test("Many writers of one name do not disturb each other")
  func writersOfOneName() async throws {
    try await withTemporaryFolder { folder in
      let path = folder + "/a"
      let contents = (0..<8).map { [UInt8](repeating: $0, count: 20_000) }
      try await withThrowingTaskGroup(of: Void.self) { group in
        for content in contents {
          group.addTask {
            for _ in 0..<200 {
              try AtomicFile.write(content, to: path, surviving: .processEnd)
            }
          }
        }
        try await group.waitForAll()
      }
      let last = [UInt8](try Data(contentsOf: URL(filePath: path)))
      #expect(contents.contains(last))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["a"])
    }
  }

  @Test("What a dead process left is removed, what a living one writes is not")
  func abandonedFiles() async throws {
    try await withTemporaryFolder { folder in
      let names = [".whylight-0.partial", ".whylight-1.partial", ".whylight-output", "1.partial"]
      for name in names { try writeFile(folder + "/" + name, []) }
      let writer = unsafe open(folder + "/" + names[1], O_WRONLY)
      defer { close(writer) }
      try #require(flock(writer, LOCK_EX | LOCK_NB) == 0)
      AtomicFile.removeAbandoned(
        try FileManager.default.contentsOfDirectory(atPath: folder), in: folder)
      let left = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      #expect(left == Array(names[1...]))
    }
  }

  @Test("Writing goes on while others look for what was abandoned")
  func writingWhileOthersRemove() async throws {
    try await withTemporaryFolder { folder in
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
          for number in 0..<500 {
            try AtomicFile.write([1], to: folder + "/\(number)", surviving: .processEnd)
          }
        }
        group.addTask {
          for _ in 0..<200 {
            let names = try FileManager.default.contentsOfDirectory(atPath: folder)
            AtomicFile.removeAbandoned(names, in: folder)
          }
        }
        try await group.waitForAll()
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 500)
    }
  }
}
