import FoundationEssentials
import Imaging
import TestSupport
import Testing

@testable import CommandLineTool

/// Pictures whose names and places are unusual, though any file system takes them.
@Suite struct OddNameTests {
  private func make(_ folder: String, _ names: [String]) throws {
    let bytes = Array(try Fixtures.data("digits/3-01.png"))
    for name in names {
      let path = folder + "/" + name
      let end = path.utf8.lastIndex(of: UInt8(ascii: "/"))!
      try FileManager.default.createDirectory(
        atPath: String(path[..<end]), withIntermediateDirectories: true)
      try AtomicFile.write(bytes, to: path)
    }
  }

  private func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  /// With a slash before them, each is one of Swift's characters.
  @Test(arguments: ["\u{301}", "\u{FE0F}", "\u{200D}", "\u{93F}", "\u{E33}", "\u{1F3FB}"])
  func aMarkBehindASlashChangesNoPlace(mark: String) async throws {
    try await withTemporaryFolder { folder in
      let names = ["a.png", "s/\(mark)x.png", "z.png"]
      try make(folder + "/in", names)
      let explained = await run([
        "explain", "--method=gradient", "--threads=1", "-o", folder + "/out", folder + "/in",
      ])
      #expect(explained.exitCode == .done, "\(explained.messages)")
      let place = folder + "/out" + folder + "/in"
      #expect(exists(place + "/a.gradient.png") && exists(place + "/z.gradient.png"))
      #expect(exists(place + "/s/\(mark)x.gradient.png"))
      let converted = await run(["convert", folder + "/in", folder + "/new/"])
      #expect(converted.exitCode == .done, "\(converted.messages)")
      #expect(names.allSatisfy { exists(folder + "/new/" + $0) })
      let segmented = await run(["segment", "-o", folder + "/cut", folder + "/in"])
      #expect(segmented.exitCode == .done, "\(segmented.messages)")
      #expect(exists(folder + "/cut" + folder + "/in/s/\(mark)x.boundaries.png"))
    }
  }

  @Test func noMarkLeadsOutOfTheOutputFolder() async throws {
    try await withTemporaryFolder { folder in
      let mark = "\u{FE0F}"
      try make(folder, ["\(mark)x.png", "job/s/a.png"])
      let outcome = await run([
        "explain", "--method=gradient", "-o", folder + "/out", folder + "/job/s/../../\(mark)x.png",
      ])
      #expect(outcome.exitCode == .done)
      #expect(exists(folder + "/out" + folder + "/job/s/\(mark)x.gradient.png"))
      #expect(
        Set(try FileManager.default.contentsOfDirectory(atPath: folder))
          == [mark + "x.png", "job", "out"])
    }
  }

  @Test(arguments: ["classify", "convert", "explain", "segment"])
  func aLinkThatLeadsNowhereFailsAsAPictureDoes(command: String) async throws {
    try await withTemporaryFolder { folder in
      try make(folder + "/in", ["a.png"])
      for (name, target) in [("b.png", "nowhere.png"), ("c.jpg", "c.jpg"), ("d", "nowhere")] {
        try FileManager.default.createSymbolicLink(
          atPath: folder + "/in/" + name, withDestinationPath: target)
      }
      let options =
        switch command {
        case "explain": ["--method=gradient", "-o", folder + "/out"]
        case "segment": ["-o", folder + "/out"]
        default: [String]()
        }
      let output = command == "convert" ? [folder + "/out/"] : []
      let outcome = await run([command] + options + [folder + "/in"] + output)
      #expect(outcome.exitCode == .someFailed)
      #expect(outcome.messages.contains("/in/b.png: there is no such file"))
      #expect(outcome.messages.contains("/in/c.jpg: "))
      #expect(!outcome.messages.contains("/in/d"))
      #expect(outcome.output.contains("/a.png"))
    }
  }

  @Test(arguments: ["convert", "explain", "segment"])
  func aPictureWhoseFilesWouldLieTooDeepFailsAlone(command: String) async throws {
    try await withTemporaryFolder { folder in
      let deep = Array(repeating: String(repeating: "d", count: 200), count: 18)
      try make(folder, ["in/" + deep.joined(separator: "/") + "/p.png", "in/top.png"])
      let output =
        folder + "/" + String(repeating: "o", count: 200) + "/" + String(repeating: "o", count: 250)
      let outcome =
        switch command {
        case "explain":
          await run(["explain", "--method=gradient", "-o", output, folder + "/in"])
        case "segment": await run(["segment", "-o", output, folder + "/in"])
        default: await run(["convert", folder + "/in", output + "/"])
        }
      #expect(outcome.exitCode == .someFailed, "\(outcome.messages.prefix(500))")
      #expect(outcome.messages.contains("longer than the system takes"))
      #expect(outcome.output.contains("/top.png"))
    }
  }
}
