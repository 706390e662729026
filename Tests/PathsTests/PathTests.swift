import Paths
import Testing

@Suite struct PathTests {
  /// What makes one character with a slash before it, or, the last, with a dot or slash behind it.
  static let marks = [
    "", "\u{301}", "\u{FE0F}", "\u{200D}", "\u{93F}", "\u{E33}", "\u{1F3FB}", "\u{338}", "\u{600}",
  ]

  @Test(arguments: marks)
  func aPathIsTakenApartAtEachSlash(mark: String) {
    let name = mark + "x" + mark
    let path = "/\(name)//\(name)/\(name).png"
    #expect(
      path.pathSteps.map { Array($0.utf8) } == [name, name, name + ".png"].map { Array($0.utf8) })
    #expect(path.fileName == name + ".png" && path.lastPathStep == name + ".png")
    #expect(path.folderPath == "/\(name)//\(name)")
    #expect(path.withoutFileEnding == "/\(name)//\(name)/\(name)")
    #expect(path.fileEnding == "png")
    #expect(path.isAbsolutePath && !name.isAbsolutePath)
    #expect("/\(mark)x".isAbsolutePath && ".\(mark)x".isHiddenName)
    #expect("\(name)/".endsInSlash && !path.endsInSlash)
    #expect("\(name)//".withoutLastSlashes == name)
    #expect("\(name)/".appendingPath(name) == "\(name)/\(name)")
    #expect(name.appendingPath(name) == "\(name)/\(name)")
  }

  @Test(arguments: [
    ("a", ".", "a", "a", ""), ("/a", "/", "a", "/a", ""), ("a/", "a", "a", "a/", ""),
    ("a.b/c", "a.b", "c", "a.b/c", ""), ("a/.b", "a", ".b", "a/.b", "b"),
    ("a/b.c.d", "a", "b.c.d", "a/b.c", "d"), ("/", "/", "/", "/", ""), ("", ".", "", "", ""),
  ])
  func aPathMayLackParts(
    path: String, folder: String, last: String, withoutEnding: String, ending: String
  ) {
    #expect(path.folderPath == folder && path.lastPathStep == last)
    #expect(path.withoutFileEnding == withoutEnding && path.fileEnding == ending)
  }

  @Test(arguments: [("//", "/"), ("a", "a"), ("/a//", "/a"), ("", "")])
  func theLastSlashesOfAFolderAreNoPartOfItsName(path: String, name: String) {
    #expect(path.withoutLastSlashes == name)
  }

  @Test(
    arguments: [
      ([0x61, 0xC3, 0xA9], "a\u{E9}"), ([0xFF, 0x61], "\u{FFFD}ffa"),
      ([0xFE, 0x61], "\u{FFFD}fea"),
      ([0xC3], "\u{FFFD}c3"), ([0xE2, 0x82, 0x2E], "\u{FFFD}e2\u{FFFD}82."), ([], ""),
    ] as [([UInt8], String)])
  func bytesThatAreNoUTF8TellPathsApart(bytes: [UInt8], path: String) {
    #expect(String(pathBytes: bytes).utf8.elementsEqual(path.utf8))
  }
}
