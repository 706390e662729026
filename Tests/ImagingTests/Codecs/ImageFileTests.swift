import FoundationEssentials
import Imaging
import TestSupport
import Testing

@Suite struct ImageFileTests {
  private let image = Image.noise(width: 9, height: 7, layout: .rgb)

  @Test("A written picture is read again, whatever its name says")
  func writtenIsRead() async throws {
    try await withTemporaryFolder { folder in
      let path = folder + "/picture.jpg"
      try ImageFile.write(image, to: path, as: .png(PNGOptions()))
      let decoded = try ImageFile.read(path)
      #expect(decoded.image == image)
      #expect(decoded.stored.format == .png)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["picture.jpg"])
    }
  }

  @Test("Writing replaces a file, follows a link and leaves the link alone")
  func writingFollowsLinks() async throws {
    try await withTemporaryFolder { folder in
      try writeFile(folder + "/real.png", [1, 2, 3])
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/link.png", withDestinationPath: "real.png")
      try ImageFile.write(image, to: folder + "/link.png", as: .png(PNGOptions()))
      #expect(try ImageFile.read(folder + "/real.png").image == image)
      #expect(
        try FileManager.default.destinationOfSymbolicLink(atPath: folder + "/link.png")
          == "real.png")
    }
  }

  @Test("What cannot be read is told apart")
  func unreadableIsToldApart() async throws {
    try await withTemporaryFolder { folder in
      #expect(throws: ImageFileError.missing(path: folder + "/none.png")) {
        try ImageFile.read(folder + "/none.png")
      }
      #expect(throws: ImageFileError.folder(path: folder)) { try ImageFile.read(folder) }
      let zeros = "/dev/zero"
      let unknown = ImageDecodingError.unknown(firstBytes: Array(repeating: 0, count: 16))
      #expect(throws: ImageFileError.notDecoded(path: zeros, unknown)) {
        try ImageFile.read(zeros)
      }
      let large = folder + "/large.png"
      try writeFile(large, [0x89, 0x50, 0x4E, 0x47] + Array(repeating: 0, count: 2000))
      let limits = ImageLimits(bytes: 1000)
      #expect(throws: ImageFileError.fileTooLarge(path: large, byteCount: 2004, limit: 1000)) {
        try ImageFile.read(large, options: ImageDecoder.Options(limits: limits))
      }
    }
  }

  @Test("What cannot be written is told apart, and leaves nothing behind")
  func unwritableIsToldApart() async throws {
    try await withTemporaryFolder { folder in
      #expect(throws: ImageFileError.folderMissing(path: folder + "/no/a.png")) {
        try ImageFile.write(image, to: folder + "/no/a.png", as: .png(PNGOptions()))
      }
      #expect(throws: ImageFileError.folder(path: folder)) {
        try ImageFile.write(image, to: folder, as: .png(PNGOptions()))
      }
      let clear = Image.noise(width: 2, height: 2, layout: .rgba)
      let error = ImageEncodingError.layoutNotStorable(.jpeg, .rgba, bitDepth: 8)
      #expect(throws: ImageFileError.notEncoded(path: folder + "/a.jpg", error)) {
        try ImageFile.write(clear, to: folder + "/a.jpg", as: .jpeg(JPEGOptions()))
      }
      let left = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(left == [])
    }
  }

  @Test(
    "A full disk is an error", .enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
  func fullDiskIsAnError() {
    #expect(throws: ImageFileError.diskFull(path: "/dev/full")) {
      try ImageFile.write(image, to: "/dev/full", as: .png(PNGOptions()))
    }
  }

  @Test("A file may be as long as the folder allows its name to be")
  func longNamesAreWritten() async throws {
    try await withTemporaryFolder { folder in
      let path = folder + "/" + String(repeating: "a", count: 251) + ".png"
      try ImageFile.write(image, to: path, as: .png(PNGOptions()))
      #expect(try ImageFile.read(path).image == image)
    }
  }

  @Test("Names tell the format to write")
  func namesTellTheFormat() {
    #expect(ImageFormat(writtenAs: "a/b.PNG") == .png)
    #expect(ImageFormat(writtenAs: "b.x.jpeg") == .jpeg)
    #expect(ImageFormat(writtenAs: "a.png/b") == nil)
    #expect(ImageFormat(writtenAs: "b.gif") == nil)
  }
}
