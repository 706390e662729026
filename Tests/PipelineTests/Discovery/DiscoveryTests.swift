import FoundationEssentials
import Pipeline
import TestSupport
import Testing

@Suite struct DiscoveryTests {
  private let beginningOfPNG: [UInt8] = [0x89, 0x50, 0x4E, 0x47]

  @Test func filesOfAFolderComeInNaturalOrderAndFoldersInPlace() async throws {
    try await withTemporaryFolder { folder in
      for name in ["b.png", "a/2.JPG", "a/10.jpeg", "c.png", "B.png"] {
        try writeFile(folder + "/" + name, [])
      }
      let files = try Discovery.files(in: [folder])
      #expect(files.map(\.relativePath) == ["B.png", "a/2.JPG", "a/10.jpeg", "b.png", "c.png"])
      #expect(files.map(\.path) == files.map { folder + "/" + $0.relativePath })
    }
  }

  @Test func inFoldersImagesAreTakenByNameOrContentAndHiddenFilesAreNot() async throws {
    try await withTemporaryFolder { folder in
      try writeFile(folder + "/notes.txt", Array("notes".utf8))
      try writeFile(folder + "/picture", beginningOfPNG)
      try writeFile(folder + "/.hidden.png", beginningOfPNG)
      try writeFile(folder + "/empty.png", [])
      #expect(try Discovery.files(in: [folder]).map(\.relativePath) == ["empty.png", "picture"])
    }
  }

  @Test func aNamedFileIsTakenWhateverItIs() async throws {
    try await withTemporaryFolder { folder in
      try writeFile(folder + "/in/notes.txt", [])
      let path = folder + "/in/notes.txt"
      let expected = DiscoveredFile(path: path, relativePath: "notes.txt")
      #expect(try Discovery.files(in: [path]) == [expected])
    }
  }

  @Test func aLinkThatLeadsBackIsNotFollowedForever() async throws {
    try await withTemporaryFolder { folder in
      try writeFile(folder + "/a.png", [])
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/loop", withDestinationPath: folder)
      #expect(try Discovery.files(in: [folder]).map(\.relativePath) == ["a.png"])
    }
  }

  @Test func foldersThatARunMadeArePassedOverUnlessTheyAreNamed() async throws {
    try await withTemporaryFolder { folder in
      let output = try OutputFolder(folder + "/maps")
      try output.write(beginningOfPNG, to: "a/b.png")
      try writeFile(folder + "/c.png", [])
      #expect(try Discovery.files(in: [folder]).map(\.relativePath) == ["c.png"])
      #expect(try Discovery.files(in: [output.path]).map(\.relativePath) == ["a/b.png"])
    }
  }

  @Test(arguments: [(["log.txt", ".hidden.png"], 1), (["own.png"], 3), (["own/2.png"], 3)])
  func aFolderInWhichSomebodyKeepsPicturesStaysTheirs(names: [String], found: Int) async throws {
    try await withTemporaryFolder { folder in
      for name in names { try writeFile(folder + "/maps/" + name, []) }
      try OutputFolder(folder + "/maps").write(beginningOfPNG, to: "b.png")
      try writeFile(folder + "/c.png", [])
      #expect(try Discovery.files(in: [folder]).count == found)
    }
  }

  @Test func whatIsMissingOrEmptyIsNamed() async throws {
    try await withTemporaryFolder { folder in
      #expect(throws: DiscoveryError.missing(path: folder + "/none")) {
        try Discovery.files(in: [folder + "/none"])
      }
      #expect(throws: DiscoveryError.nothingFound(folder: folder)) {
        try Discovery.files(in: [folder])
      }
    }
  }
}
