import Foundation
import Imaging
import TestSupport
import Testing

/// What the README shows is true.
@Suite struct ReadmeTests {
  @Test func theLibraryExampleWorks() async throws {
    try await withTemporaryFolder { folder in
      let photo = try ImageFile.read(Fixtures.path("digits/scan-5-02-exif6.jpg"))
      let small = photo.image.resized(width: 224, height: 224, method: .area)
      try ImageFile.write(
        small.converted(to: .grey), to: folder + "/small.png", as: .png(PNGOptions()))
      #expect(photo.stored.orientation == .rotateClockwise && photo.warnings.isEmpty)
      #expect(try ImageFile.read(folder + "/small.png").image == small.converted(to: .grey))
    }
  }

  @Test func everyOptionThatIsNamedExists() async throws {
    let readme = try String(contentsOfFile: Fixtures.repository + "/README.md", encoding: .utf8)
    var help = ""
    for words in [
      ["--help"], ["convert", "--help"], ["classify", "--help"], ["train", "--help"],
      ["evaluate", "--help"], ["explain", "--help"], ["report", "--help"], ["inspect", "--help"],
      ["adopt", "--help"], ["segment", "--help"],
    ] {
      help += try await runProgram(BuiltProgram.path("whylight"), words).output
    }
    // Options of Swift itself are named as well.
    let named = Set(
      readme.matches(of: /`?whylight[^`\n]*/).flatMap { line in
        line.output.matches(of: /--[a-z-]+/).map { String($0.output) }
      })
    try #require(!named.isEmpty)
    for option in named { #expect(help.contains(option), "\(option)") }
  }
}
