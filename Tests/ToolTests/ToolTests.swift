import Foundation
import Imaging
import TestSupport
import Testing

/// The built program from outside: what it prints, where, how it ends, what it leaves behind.
@Suite struct ToolTests {
  private let whylight = BuiltProgram.path("whylight")

  @Test func theVersionIsOnStandardOutput() async throws {
    let outcome = try await runProgram(whylight, ["--version"])
    #expect(outcome.output.hasPrefix("whylight "))
    #expect(outcome.messages == "" && outcome.status == 0)
  }

  @Test(
    "What cannot be printed is an error",
    arguments: [["--help"], ["--version"], ["inspect", "models/digits.onnx"]])
  func fullOutput(arguments: [String]) async throws {
    let words = ([whylight] + arguments).joined(separator: " ")
    let outcome = try await runProgram(
      "/bin/sh", ["-c", "cd '\(Fixtures.repository)' && \(words) > /dev/full"])
    #expect(outcome.status == 1)
    #expect(
      outcome.messages == "whylight: Standard output cannot be written: No space left on device. "
        + "What was printed is not complete.\n")
  }

  @Test("A program copied to another place still knows digits")
  func copied() async throws {
    try await withTemporaryFolder { folder in
      let copy = folder + "/whylight"
      // Another process copies: what is open for writing here may be inherited by a program that
      // another test starts just then, and a file that is open for writing cannot be run.
      try #require(try await runProgram("/bin/cp", [whylight, copy]).status == 0)
      let outcome = try await runProgram(copy, ["classify", Fixtures.path("digits/7-01.png")])
      #expect(outcome.output.contains("7-01.png: 7 ") && outcome.status == 0)
    }
  }

  @Test func errorsAreOnStandardErrorAndWrongUsageIs64() async throws {
    let outcome = try await runProgram(whylight, ["convret", "a", "b"])
    #expect(
      outcome.messages == """
        whylight: There is no command 'convret'. Did you mean 'convert'?
        Try `whylight --help`.

        """)
    #expect(outcome.output == "" && outcome.status == 64)
  }

  @Test func aPictureIsConverted() async throws {
    try await withTemporaryFolder { folder in
      let picture = Image(
        width: 3, height: 2, layout: .grey, samples: .eight([0, 50, 100, 150, 200, 250]))
      try writeFile(folder + "/in.png", try ImageEncoder.png(picture))
      let outcome = try await runProgram(
        whylight, ["convert", folder + "/in.png", folder + "/o.png"])
      #expect(outcome.output == "\(folder)/o.png: 3x2 grey, 8 bit\n")
      #expect(outcome.messages == "" && outcome.status == 0)
      #expect(try ImageFile.read(folder + "/o.png").image == picture)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 2)
    }
  }

  @Test func aPictureThatCannotBeReadEndsWith1AndLeavesNothing() async throws {
    try await withTemporaryFolder { folder in
      try writeFile(folder + "/in.png", Array("no picture".utf8))
      let outcome = try await runProgram(
        whylight, ["convert", folder + "/in.png", folder + "/o.png"])
      #expect(
        outcome.messages
          == "whylight: \(folder)/in.png: this is text, not a PNG or JPEG. "
          + "Check that it is the file you meant.\n")
      #expect(outcome.output == "" && outcome.status == 1)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["in.png"])
    }
  }

  /// Root may read everything, so that root's test has the program run by somebody else.
  @Test(
    "A file without permission to read it has its own sentence",
    .enabled(if: Permissions.canBeLacking, "needs another user to run the program as"))
  func unreadableFile() async throws {
    try await withTemporaryFolder { folder in
      try writeFile(folder + "/secret.png", [])
      try Permissions.forbidReading(of: folder + "/secret.png", in: folder)
      let outcome = try await Permissions.runWithoutPrivileges(
        whylight, ["convert", folder + "/secret.png", folder + "/o.png"])
      #expect(
        outcome.messages
          == "whylight: \(folder)/secret.png: access is not permitted. "
          + "Check the permissions of the file and its folder.\n")
      #expect(outcome.output == "" && outcome.status == 1)
    }
  }

  @Test(
    "Standard input that cannot be read is an error",
    arguments: ["classify", "segment", "explain --no-report"])
  func brokenInput(command: String) async throws {
    try await withTemporaryFolder { folder in
      // A folder can be opened, but not read from.
      let outcome = try await runProgram(
        "/bin/sh", ["-c", "cd '\(folder)' && '\(whylight)' \(command) - < ."])
      #expect(outcome.status == 1)
      #expect(outcome.messages.contains("Standard input cannot be read: Is a directory."))
    }
  }

  @Test func inputThatIsNotWaitedForByItsGiverIsWaitedFor() async throws {
    let (input, output) = (Pipe(), Pipe())
    #expect(fcntl(input.fileHandleForReading.fileDescriptor, F_SETFL, O_NONBLOCK) == 0)
    let process = Process()
    process.executableURL = URL(filePath: whylight)
    process.arguments = ["classify", "-"]
    process.standardInput = input.fileHandleForReading
    process.standardOutput = output
    try process.run()
    let waiting = try await Script.run("await asleep \(process.processIdentifier)")
    #expect(waiting.status == 0, "\(waiting.messages)")
    let path = Fixtures.path("digits/7-01.png")
    try input.fileHandleForWriting.write(contentsOf: Data((path + "\n").utf8))
    try input.fileHandleForWriting.close()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0 && text.hasPrefix("\(path): 7 "))
  }

  @Test func nobodyReadingEndsTheRunQuietly() async throws {
    try await withTemporaryFolder { folder in
      let picture = Image(width: 1, height: 1, layout: .grey, samples: .eight([0]))
      // Lines so long that a pipe, which takes 64 kilobytes, cannot take all of them for a reader
      // that is late.
      let name = String(repeating: "n", count: 220)
      for number in 0..<600 {
        try writeFile(folder + "/in/\(name)\(number).png", try ImageEncoder.png(picture))
      }
      let script =
        "'\(whylight)' convert --threads 2 '\(folder)/in' '\(folder)/out/' | head -n 1; "
        + "echo \"${PIPESTATUS[0]}\""
      let outcome = try await Script.run(script)
      #expect(outcome.messages == "")
      // 128 + SIGPIPE, as for any Unix tool.
      #expect(outcome.output.hasSuffix("\n141\n"))
      let written = try FileManager.default.contentsOfDirectory(atPath: folder + "/out")
      #expect(written.count < 600 && written.allSatisfy { $0.hasSuffix(".png") })
    }
  }

  @Test func interruptionFinishesWhatWasBegunAndEndsByTheSignal() async throws {
    try await withTemporaryFolder { folder in
      let picture = Image(
        width: 700, height: 700, layout: .rgb,
        samples: .eight((0..<700 * 700 * 3).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 7) }))
      let bytes = try ImageEncoder.png(picture, PNGOptions(level: 1))
      for number in 0..<300 { try writeFile(folder + "/in/\(number).png", bytes) }
      let ending = try await Script.ending(
        """
        cd '\(folder)'; '\(whylight)' convert --compression 9 in out/ >printed 2>&1 &
        pid=$!; await [ -s printed ]; stop $pid TERM
        """)
      #expect(ending.code == 143)
      let written = try FileManager.default.contentsOfDirectory(atPath: folder + "/out")
      #expect((1..<300).contains(written.count))
      #expect(written.allSatisfy { !$0.hasPrefix(".") })
      for name in written { #expect(try ImageFile.read(folder + "/out/" + name).image == picture) }
    }
  }

  @Test func bashCompletesImagesAndFoldersOnly() async throws {
    try await withTemporaryFolder { folder in
      for name in ["a.png", "b.JPG", "c.txt", "d e.png", "f/g.png"] {
        try writeFile(folder + "/" + name, [])
      }
      let script = """
        source <('\(whylight)' --generate-completion-script bash); cd '\(folder)'
        COMP_WORDS=(whylight convert ''); COMP_CWORD=2; _whylight
        printf '%s\\n' "${COMPREPLY[@]}" | sort
        """
      let outcome = try await runProgram("/bin/bash", ["-c", script], environment: ["LC_ALL": "C"])
      #expect(outcome.output == "a.png\nb.JPG\nd e.png\nf\n")
    }
  }
}
