import FoundationEssentials
import Glibc
import TestSupport
import Testing

@testable import CommandLineTool

@Suite struct StandardInputTests {
  /// What comes of a file on standard input, in portions of at most so many.
  private func paths(
    in bytes: [UInt8], atATime most: Int = 1024
  ) async throws -> (paths: [String], failure: LineFailure?) {
    try await withTemporaryFolder { folder in
      try writeFile(folder + "/list", bytes)
      let descriptor = unsafe open(folder + "/list", O_RDONLY)
      defer { close(descriptor) }
      let input = StandardInput(descriptor: descriptor)
      var paths: [String] = []
      while true {
        let some = input.take(most)
        if some.isEmpty { return (paths, input.failure) }
        paths += some
      }
    }
  }

  @Test(
    arguments: [
      ("a.png\nb.png", ["a.png", "b.png"]),
      ("\na\r\n\r\nb\r\n", ["a", "b"]),
      ("\u{301}a\n\u{301}b\n", ["\u{301}a", "\u{301}b"]),
      ("a.png\0b\n.png\r\0", ["a.png", "b\n.png\r"]),
      ("a.png\0b.png", ["a.png", "b.png"]),
      ("a.png\nb\0c.png\n", ["a.png", "b", "c.png"]),
      ("", []), ("\0", []), ("\n", []),
    ] as [(String, [String])], [1, 1024])
  func aPathEndsWithItsLineOrWithANUL(_ list: (text: String, paths: [String]), most: Int)
    async throws
  {
    let found = try await paths(in: Array(list.text.utf8), atATime: most)
    #expect(found.paths == list.paths && found.failure == nil)
  }

  @Test func manyPathsComeInOrder() async throws {
    let all = (0..<30_000).map { "picture-\($0).png" }
    let found = try await paths(in: Array(all.map { $0 + "\n" }.joined().utf8))
    #expect(found.paths == all)
  }

  @Test func whatNeverEndsIsNoPath() async throws {
    let endless = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)
    let found = try await paths(in: Array("a.png\n".utf8) + endless)
    #expect(found.paths == ["a.png"] && found.failure == .endless(limit: 65_536))
  }

  @Test func pathsThatAreNoUTF8AreToldApart() async throws {
    let found = try await paths(in: [0xFF, 0x0A, 0xFE, 0x0A])
    #expect(found.paths == ["\u{FFFD}ff", "\u{FFFD}fe"])
  }
}
