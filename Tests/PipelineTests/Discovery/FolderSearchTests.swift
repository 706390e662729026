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
      #expect(try found(folder) == ["a.png", "\u{FFFD}e9.png"])
    }
  }

  @Test func linksToFoldersElsewhereAreFollowedOnceAndLoopsSurvived() async throws {
    try await withTemporaryFolder { folder in
      try writeFile(folder + "/in/a/1.png", [])
      try writeFile(folder + "/out/b/2.png", [])
      let links = [
        ("in/a/up", ".."), ("in/linked", "../out"), ("in/same", "../out/b"), ("out/back", "../in"),
        ("in/none", "nowhere"), ("in/gone.png", "nowhere"), ("in/round.png", "round.png"),
        ("in/3.png", "../out/b/2.png"),
      ]
      for (path, target) in links {
        try FileManager.default.createSymbolicLink(
          atPath: folder + "/" + path, withDestinationPath: target)
      }
      #expect(
        try found(folder + "/in") == [
          "3.png", "a/1.png", "gone.png", "linked/b/2.png", "round.png",
        ])
    }
  }

  @Test func aStepOutOfALinkLeadsWhereTheLinkLeads() async throws {
    try await withTemporaryFolder { folder in
      try writeFile(folder + "/a.png", [])
      try writeFile(folder + "/shots/2024/b.png", [])
      try writeFile(folder + "/shots/a.png", [])
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/latest", withDestinationPath: "shots/2024")
      let paths = ["a.png", "latest/../a.png", "shots/a.png", "latest/b.png", "shots/../a.png"]
      let found = try Discovery.inputs(paths.map { folder + "/" + $0 }).map(\.path)
      #expect(found == ["a.png", "latest/../a.png", "latest/b.png"].map { folder + "/" + $0 })
    }
  }

  private func png(_ keyword: String) throws -> [UInt8] {
    let image = Image(width: 1, height: 1, layout: .grey, samples: .eight([7]))
    return try ImageEncoder.png(
      image, PNGOptions(texts: [ImageText(keyword: keyword, text: "{}")]))
  }

  /// A name alone says nothing, nor does the text of a file that somebody gave another name.
  @Test(arguments: [nil, "", "/in", "/in/sub", "/x"])
  func whatARunDrewAmongThePicturesIsPassedOver(output: String?) async throws {
    try await withTemporaryFolder { folder in
      for name in ["a.edges.png", "a.png", "sub/b.png"] {
        try writeFile(folder + "/in/" + name, try png("whylight's friend"))
      }
      for name in ["a.gradient.png", "sub/b.boundaries.png", "why.png"] {
        try writeFile(folder + "/in/" + name, try png("whylight"))
      }
      let others = output == "/in/sub" ? [] : ["sub/b.png"]
      #expect(
        try found(folder + "/in", output: output.map { folder + $0 }) == ["a.edges.png", "a.png"]
          + others + ["why.png"])
      let all = try Discovery.files(in: [folder + "/in"], takingDrawings: true)
      #expect(all.count == 6)
      let named = folder + "/in/a.gradient.png"
      #expect(try Discovery.inputs([named]).map(\.path) == [named])
    }
  }

  @Test func aFolderOfResultsIsSearchedForThemIfARunMadeIt() async throws {
    try await withTemporaryFolder { folder in
      let made = try OutputFolder(folder + "/out")
      try made.write(try png("whylight"), to: "a/b.gradient.png")
      #expect(try found(made.path) == ["a/b.gradient.png"])
      for (folder, output) in [(made.path, made.path), (made.path + "/a", nil)] {
        #expect(throws: DiscoveryError.onlyDrawings(folder: folder)) {
          try found(folder, output: output)
        }
      }
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
