import Foundation
import Imaging
import Pipeline
import TestSupport
import Testing

/// What a search of folders meets besides pictures.
@Suite struct FolderSearchTests {
  private func found(_ folder: String, output: String? = nil) throws -> [String] {
    try Discovery.files(in: [folder], apartFrom: output).map(\.relativePath)
  }

  @Test func namesInTwoNormalFormsAreTwoFiles() async throws {
    try await withTemporaryFolder { folder in
      let names = ["\u{E9}.png", "e\u{301}.png"]
      for name in names { try writeFile(folder + "/" + name, []) }
      let files = try Discovery.inputs([folder])
      #expect(files.count == 2)
      let outputs = OutputNames(files.map(\.path))
      #expect(Set(files.map { Array(outputs[$0.path].utf8) }).count == 2)
      var stream = OutputNames([])
      #expect(Set(names.map { Array(stream.add($0).utf8) }).count == 2)
    }
  }

  @Test func aNameThatIsNoUTF8StaysInTheListAsAFileThatCannotBeRead() async throws {
    try await withTemporaryFolder { folder in
      try writeFile(folder + "/a.png", [])
      let file = unsafe open(folder, O_RDONLY | O_DIRECTORY)
      defer { close(file) }
      let made = unsafe [CChar(bitPattern: 0xE9), 0x2E, 0x70, 0x6E, 0x67, 0].withUnsafeBufferPointer
      {
        unsafe openat(file, $0.baseAddress!, O_CREAT | O_WRONLY, 0o600)
      }
      try #require(made >= 0)
      close(made)
      #expect(try found(folder) == ["a.png", "\u{FFFD}.png"])
    }
  }

  @Test func linksToFoldersElsewhereAreFollowedOnceAndLoopsSurvived() async throws {
    try await withTemporaryFolder { folder in
      try writeFile(folder + "/in/a/1.png", [])
      try writeFile(folder + "/out/b/2.png", [])
      let links = [
        ("in/a/up", ".."), ("in/linked", "../out"), ("in/same", "../out/b"), ("out/back", "../in"),
        ("in/none", "nowhere"), ("in/3.png", "../out/b/2.png"),
      ]
      for (path, target) in links {
        try FileManager.default.createSymbolicLink(
          atPath: folder + "/" + path, withDestinationPath: target)
      }
      #expect(try found(folder + "/in") == ["3.png", "a/1.png", "linked/b/2.png"])
    }
  }

  @Test func whatARunDrewAmongThePicturesIsPassedOver() async throws {
    try await withTemporaryFolder { folder in
      let image = Image(width: 1, height: 1, layout: .grey, samples: .eight([7]))
      func png(_ keyword: String) throws -> [UInt8] {
        try ImageEncoder.png(
          image, PNGOptions(texts: [ImageText(keyword: keyword, text: "{}")]))
      }
      try writeFile(folder + "/in/a.png", try png("whylight's friend"))
      try writeFile(folder + "/in/a.gradient.png", try png("whylight"))
      #expect(try found(folder + "/in", output: folder) == ["a.png"])
      #expect(try found(folder + "/in", output: folder + "/in") == ["a.png"])
      #expect(try found(folder + "/in", output: folder + "/x") == ["a.gradient.png", "a.png"])
      #expect(try found(folder + "/in") == ["a.gradient.png", "a.png"])
    }
  }

  @Test func namesThatAreTooLongToTakeAnEndingAreCutAndStayApart() {
    let long = String(repeating: "\u{E4}", count: 120)
    let names = OutputNames([long + "1.png", long + "2.png", "a/" + long + "/b.png", "c.png"])
    let found = [long + "1.png", long + "2.png"].map { names[$0] }
    #expect(Set(found).count == 2)
    #expect(found.allSatisfy { $0.utf8.count <= 200 && $0.hasPrefix(long.prefix(80)) })
    #expect(names["a/" + long + "/b.png"].split(separator: "/")[1].utf8.count <= 200)
    #expect(names["c.png"] == "c")
  }
}
