import FoundationEssentials
import Imaging
import TestSupport
import Testing

@testable import CommandLineTool

@Suite struct SegmentTests {
  /// Two halves of different shades.
  static let picture = Image(
    width: 8, height: 4, layout: .grey,
    samples: .eight((0..<32).map { $0 % 8 < 4 ? 20 : 220 }))

  private func inFolder(_ body: (String) async throws -> Void) async throws {
    try await withTemporaryFolder { folder in
      try ImageFile.write(Self.picture, to: folder + "/a.png", as: .png(PNGOptions()))
      try await body(folder)
    }
  }

  @Test func aPictureIsDrawnAndSaidInAWord() async throws {
    try await inFolder { folder in
      let outcome = await run(
        ["segment", "--method=grid:cells=2", "-o", folder + "/out", folder + "/a.png"])
      #expect(
        outcome.output
          == "\(folder)/a.png: 4 segments by grid (cells 2), of 8 to 8 pixels\n")
      #expect(outcome.messages == "")
      #expect(outcome.exitCode == .done)
      let drawn = try ImageFile.read("\(folder)/out\(folder)/a.boundaries.png").image
      #expect(drawn.width == 256 && drawn.height == 128)
    }
  }

  @Test func jsonHasSettingsSizesAndFiles() async throws {
    try await inFolder { folder in
      let outcome = await run([
        "segment", "--method=felzenszwalb:scale=9:min-size=2:smoothing=0", "--json",
        "--draw=means,labels", "-o", folder + "/out", folder + "/a.png",
      ])
      let name = String(folder.dropFirst())
      #expect(
        outcome.output == """
          {"path": "\(folder)/a.png", "status": "ok", "width": 8, "height": 4, \
          "method": "felzenszwalb", \
          "settings": {"scale": 9, "min-size": 2, "smoothing": 0}, "segments": 2, \
          "sizes": [16, 16], \
          "files": {"means": "\(name)/a.means.png", "labels": "\(name)/a.labels.png"}}

          """)
      let means = try ImageFile.read("\(folder)/out/\(name)/a.means.png").image
      #expect(means.converted(to: .grey) == Self.picture)
      let labels = try ImageFile.read("\(folder)/out/\(name)/a.labels.png")
      #expect(labels.image.samples == .eight((0..<32).map { $0 % 8 < 4 ? 0 : 1 }))
      let record = """
        {"drawing": "labels", "method": "felzenszwalb", \
        "settings": {"scale": 9, "min-size": 2, "smoothing": 0}, "segments": 2}
        """
      #expect(labels.texts == [ImageText(keyword: "whylight", text: record)])
      let again = await run([
        "segment", "--labels", "\(folder)/out/\(name)/a.labels.png", "-o", folder + "/again",
        folder + "/a.png",
      ])
      #expect(again.output == "\(folder)/a.png: 2 segments given, of 16 to 16 pixels\n")
    }
  }

  @Test func whatCannotBeReadIsReportedAndTheOthersAreDone() async throws {
    try await inFolder { folder in
      try writeFile(folder + "/b.png", Array("no picture".utf8))
      let outcome = await run(["segment", "--json", "-o", folder + "/out", folder])
      #expect(outcome.exitCode == .someFailed)
      #expect(outcome.output.contains("\"status\": \"ok\""))
      #expect(outcome.output.contains("\"status\": \"failed\""))
      #expect(outcome.messages.contains("b.png"))
    }
  }

  static let mistakes = [
    (["--method=voronoi"], "There is no method 'voronoi'."),
    (["--method=slick"], "There is no method 'slick'. Did you mean 'slic'?"),
    (
      ["--method=slic:cells=3"],
      "slic has no setting 'cells'; it has segments, compactness, smoothing."
    ),
    (
      ["--method=slic:segments=0"],
      "slic: segments is '0', but must be a whole number from 1 to 100000."
    ),
    (["--method=grid", "--labels=x.png"], "--method and --labels"),
  ]

  @Test(arguments: mistakes)
  func mistakesAreNamed(_ options: [String], _ sentence: String) async {
    let outcome = await run(["segment"] + options + ["a.png"])
    #expect(outcome.exitCode == .wrongUsage)
    #expect(outcome.messages.contains(sentence), "\(outcome.messages)")
  }

  @Test func labelsOfAnotherSizeAreRefused() async throws {
    try await inFolder { folder in
      let small = Image(width: 2, height: 2, layout: .grey, samples: .eight([0, 1, 2, 3]))
      try ImageFile.write(small, to: folder + "/l.png", as: .png(PNGOptions()))
      let outcome = await run([
        "segment", "--labels", folder + "/l.png", "-o", folder + "/out", folder + "/a.png",
      ])
      #expect(outcome.exitCode == .someFailed)
      #expect(
        outcome.messages.contains(
          "\(folder)/a.png: the label map has 2x2 labels, but the picture 8x4 pixels."))
    }
  }

  /// Neither in a folder of its own nor among the pictures.
  @Test(arguments: ["/out", ""])
  func itsOwnPicturesAreNotSegmentedOrClassified(output: String) async throws {
    try await inFolder { folder in
      for _ in 0..<2 {
        let outcome = await run([
          "segment", "--draw", "boundaries,means,labels", "-o", folder + output, folder,
        ])
        #expect(outcome.output.split(separator: "\n").count == 1)
      }
      for command in [["segment", "-o", folder + "/other"], ["classify"]] {
        let outcome = await run(command + [folder])
        #expect(outcome.output.split(separator: "\n").count == 1, "\(outcome.output)")
      }
      let drawn = "\(folder)\(output)\(folder)/a.means.png"
      let outcome = await run(["classify", drawn])
      #expect(outcome.output.hasPrefix(drawn + ": "), "\(outcome.output)")
    }
  }
}
