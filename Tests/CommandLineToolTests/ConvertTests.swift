import FoundationEssentials
import Imaging
import TestSupport
import Testing

@testable import CommandLineTool

@Suite struct ConvertTests {
  /// Every pixel different, so that nothing can be turned or lost unnoticed.
  static let picture = Image(
    width: 6, height: 4, layout: .rgb, samples: .eight((0..<72).map { UInt8($0 * 3) }))

  static let transparent = Image(
    width: 2, height: 1, layout: .rgba, samples: .eight([10, 20, 30, 255, 200, 100, 0, 0]))

  private func write(_ image: Image, _ path: String, texts: [ImageText] = []) throws {
    let encoding: ImageEncoding =
      ImageFormat(writtenAs: path) == .jpeg
      ? .jpeg(JPEGOptions()) : .png(PNGOptions(texts: texts))
    try writeFile(path, try ImageEncoder.encode(image, as: encoding))
  }

  private func names(in folder: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder).sorted()
  }

  @Test func aPNGStaysWhatItIs() async throws {
    try await withTemporaryFolder { folder in
      let note = ImageText(keyword: "Title", text: "six by four")
      try write(Self.picture, folder + "/in.png", texts: [note])
      let outcome = await run(["convert", folder + "/in.png", folder + "/out.png"])
      #expect(outcome.output == "\(folder)/out.png: 6x4 RGB, 8 bit\n")
      #expect(outcome.messages == "")
      #expect(outcome.exitCode == .done)
      let result = try ImageFile.read(folder + "/out.png")
      #expect(result.image == Self.picture)
      #expect(result.texts == [note])
    }
  }

  struct Change: CustomTestStringConvertible {
    let options: [String]
    let expected: @Sendable (Image) -> Image
    var testDescription: String { options.joined(separator: " ") }
  }

  static let changes: [Change] = [
    Change(options: ["--grey"]) { $0.converted(to: .grey) },
    Change(options: ["--depth=16"]) { $0.withSixteenBits() },
    Change(options: ["--size=3x5"]) { $0.resized(width: 3, height: 5, method: .bicubic) },
    Change(options: ["-s12x8", "--filter=nearest"]) {
      $0.resized(width: 12, height: 8, method: .nearest)
    },
    Change(options: ["--max-side=3", "--filter=area"]) {
      $0.resized(width: 3, height: 2, method: .area)
    },
    Change(options: ["--max-side=7"]) { $0 },
    Change(options: ["--compression=0"]) { $0 },
    Change(options: ["--grey", "--size=2x2", "--depth=16"]) {
      $0.converted(to: .grey).resized(width: 2, height: 2, method: .bicubic).withSixteenBits()
    },
  ]

  @Test(arguments: changes)
  func optionsChangeThePictureAsTheLibraryDoes(change: Change) async throws {
    try await withTemporaryFolder { folder in
      try write(Self.picture, folder + "/in.png")
      let paths = [folder + "/in.png", folder + "/out.png"]
      let outcome = await run(["convert"] + change.options + paths)
      #expect(outcome.exitCode == .done)
      #expect(try ImageFile.read(folder + "/out.png").image == change.expected(Self.picture))
    }
  }

  @Test func transparencyIsLaidOnWhiteInAJPEG() async throws {
    try await withTemporaryFolder { folder in
      try write(Self.transparent, folder + "/in.png")
      let outcome = await run([
        "convert", "--quality=100", "--subsampling=444", folder + "/in.png", folder + "/out.jpg",
      ])
      #expect(outcome.output == "\(folder)/out.jpg: 2x1 RGB, 8 bit\n")
      let expected = Self.transparent.converted(to: .rgb, over: .white)
      let values = try ImageFile.read(folder + "/out.jpg").image.eightBitSamples()
      let wanted = try expected.eightBitSamples()
      #expect(zip(values, wanted).allSatisfy { abs(Int($0) - Int($1)) <= 3 })
    }
  }

  @Test func formatsAreJudgedByContentAndNamesFollow() async throws {
    try await withTemporaryFolder { folder in
      try write(Self.picture, folder + "/in/a/true.png")
      try write(Self.picture, folder + "/in/b.jpeg")
      try writeFile(folder + "/in/c.jpg", try ImageEncoder.png(Self.picture))
      try writeFile(folder + "/in/d", try ImageEncoder.jpeg(Self.picture))
      let outcome = await run(["convert", folder + "/in", folder + "/out"])
      #expect(outcome.exitCode == .wrongUsage)
      let second = await run(["convert", folder + "/in", folder + "/out/"])
      #expect(second.exitCode == .done)
      #expect(second.messages == "4 pictures converted.\n")
      #expect(
        try names(in: folder + "/out") == ["a", "a/true.png", "b.jpeg", "c.png", "d.jpg"])
      let third = await run(["convert", "--format=png", folder + "/in", folder + "/png/"])
      #expect(third.exitCode == .done)
      #expect(try names(in: folder + "/png") == ["a", "a/true.png", "b.png", "c.png", "d.png"])
    }
  }

  @Test(arguments: [1, 2, 5])
  func aBadPictureIsReportedInItsPlaceAndTheOthersAreDone(threads: Int) async throws {
    try await withTemporaryFolder { folder in
      for name in ["1.png", "3.png", "5.png"] { try write(Self.picture, folder + "/in/" + name) }
      try writeFile(folder + "/in/2.png", [])
      try writeFile(folder + "/in/4.png", Array("GIF89a".utf8))
      let outcome = await run(["convert", "--threads=\(threads)", folder + "/in", folder + "/out/"])
      #expect(outcome.exitCode == .someFailed)
      #expect(
        outcome.output
          == ["1", "3", "5"].map { "\(folder)/out/\($0).png: 6x4 RGB, 8 bit\n" }.joined())
      #expect(
        outcome.messages == """
          whylight: \(folder)/in/2.png: the file is empty. Get it again from where it came.
          whylight: \(folder)/in/4.png: this is a GIF, not a PNG or JPEG. Convert it to PNG or \
          JPEG first.
          3 pictures converted, 2 failed.

          """)
      #expect(try names(in: folder + "/out") == ["1.png", "3.png", "5.png"])
    }
  }

  @Test func theFirstSignalStopsTheRunWithoutHalfFiles() async throws {
    try await withTemporaryFolder { folder in
      for number in 0..<100 { try write(Self.picture, folder + "/in/\(number).png") }
      let outcome = await run(
        ["convert", "--threads=1", folder + "/in", folder + "/out/"], interruption: 2)
      #expect(outcome.exitCode == .interrupted(signal: 2))
      let written = try names(in: folder + "/out")
      #expect(written.count < 20)
      for name in written { #expect(try ImageFile.read(folder + "/out/" + name).image.width == 6) }
    }
  }

  @Test func nothingIsOverwrittenUnasked() async throws {
    try await withTemporaryFolder { folder in
      try write(Self.picture, folder + "/a/x.png")
      try write(Self.picture, folder + "/b/x.png")
      let clash = await run([
        "convert", folder + "/a/x.png", folder + "/b/x.png", folder + "/out/",
      ])
      #expect(clash.exitCode == .couldNotRun)
      #expect(
        clash.messages == """
          whylight: \(folder)/a/x.png and \(folder)/b/x.png would both become \
          \(folder)/out/x.png. Convert them into different folders.

          """)
      let onItself = await run(["convert", folder + "/a", folder + "/a"])
      #expect(
        onItself.messages == """
          whylight: \(folder)/a/x.png is one of the inputs and would be overwritten. Choose \
          another folder for the output.

          """)
      #expect(!FileManager.default.fileExists(atPath: folder + "/out"))
    }
  }

  @Test func aControlCharacterInANameDoesNotReachTheTerminal() async throws {
    let outcome = await run(["convert", "/no/\u{1B}[2Jsuch\n.png", "/no/out.png"])
    #expect(
      outcome.messages
        == "whylight: /no/\\u{1B}[2Jsuch\\n.png: there is no such file. Check the name.\n")
  }

  @Test func progressIsForPeopleOnly() async throws {
    try await withTemporaryFolder { folder in
      for number in 0..<3 { try write(Self.picture, folder + "/in/\(number).png") }
      let words = ["convert", folder + "/in", folder + "/out/"]
      #expect(await run(words).messages == "3 pictures converted.\n")
      let shown = await run(words, terminalColumns: 60).messages
      #expect(shown.hasPrefix("\r\u{1B}[K1 of 3, "))
      #expect(shown.hasSuffix("\r\u{1B}[K3 pictures converted.\n"))
      #expect(await run(words + ["--quiet"], terminalColumns: 60).messages == "")
    }
  }
}
