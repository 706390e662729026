import Foundation
import TestSupport
import Testing

/// `whylight segment` into a folder in which pictures stand already.
@Suite struct SegmentFolderTests {
  private let whylight = BuiltProgram.path("whylight")

  /// Runs it in a folder with digits of these names.
  private func segment(
    _ options: String, in folder: String, _ names: [String] = []
  ) async throws -> SubprocessOutcome {
    for name in names {
      try writeFile(folder + "/" + name, try Fixtures.data("digits/3-01.png"))
    }
    return try await runProgram(
      "/bin/bash", ["-c", "cd '\(folder)' && '\(whylight)' segment \(options)"])
  }

  private func isUnchanged(_ path: String) throws -> Bool {
    try Data(contentsOf: URL(filePath: path)) == Data(try Fixtures.data("digits/3-01.png"))
  }

  @Test(arguments: [
    ("--draw boundaries,labels -o . x.png x.boundaries.png", "x.boundaries.png"),
    ("--draw labels --labels x.labels.png -o . x.png", "x.labels.png"),
    ("-o linked ../photos/x.png ../photos/x.boundaries.png", "../photos/x.boundaries.png"),
  ])
  func whatIsToBeReadIsNotWrittenOver(options: String, file: String) async throws {
    try await withTemporaryFolder { folder in
      let names = ["in/x.png", "in/x.labels.png", "in/x.boundaries.png"]
      let photos = ["photos/x.png", "photos/x.boundaries.png"]
      try FileManager.default.createDirectory(
        atPath: folder + "/in/linked", withIntermediateDirectories: true)
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/in/linked/photos", withDestinationPath: folder + "/photos")
      for name in photos {
        try writeFile(folder + "/" + name, try Fixtures.data("digits/3-01.png"))
      }
      let outcome = try await segment(
        options, in: folder + "/in", names.map { String($0.dropFirst(3)) })
      #expect(outcome.status == 64)
      #expect(outcome.messages.contains("\(file) would be written over"), "\(outcome.messages)")
      for name in names + photos { #expect(try isUnchanged(folder + "/" + name), "\(name)") }
    }
  }

  @Test func aPictureThatNoRunDrewIsSparedAndOneThatARunDrewReplaced() async throws {
    try await withTemporaryFolder { folder in
      let names = ["x.png", "x.labels.png", "y.png"]
      for given in [names, []] {
        let outcome = try await segment(
          "--draw boundaries,labels -o . x.png y.png", in: folder, given)
        #expect(outcome.status == 2)
        #expect(outcome.output.split(separator: "\n").count == 1)
        #expect(outcome.messages.contains("x.png: ./x.labels.png would be written over"))
        #expect(try names.allSatisfy { try isUnchanged(folder + "/" + $0) })
        let files = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(Set(files) == Set(names + ["y.boundaries.png", "y.labels.png"]))
      }
    }
  }
}
