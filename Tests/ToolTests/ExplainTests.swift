import Foundation
import Imaging
import TestSupport
import Testing

/// `whylight explain` from outside: the files, the records, the exit codes.
@Suite struct ExplainTests {
  private let whylight = BuiltProgram.path("whylight")

  /// Runs the command in a folder of its own, which is given with the outcome.
  private func explain(
    _ arguments: [String], in folder: String
  ) async throws -> (outcome: SubprocessOutcome, records: [[String: Any]]) {
    let outcome = try await runProgram(
      whylight, ["explain", "-o", folder + "/out"] + arguments)
    let text = try? String(contentsOfFile: folder + "/out/results.jsonl", encoding: .utf8)
    let records = try (text ?? "").split(separator: "\n").map { line in
      try #require(
        JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
    return (outcome, records)
  }

  private func digits(_ names: [String], in folder: String) throws -> String {
    for name in names {
      try writeFile(folder + "/in/" + name, try Fixtures.data("digits/" + name))
    }
    return folder + "/in"
  }

  @Test func everyPictureGetsItsFilesAndItsRecordInOrder() async throws {
    try await withTemporaryFolder { folder in
      let input = try digits(["7-01.png", "3-01.png", "scan-5-01.png"], in: folder)
      let (outcome, records) = try await explain(
        ["--method", "gradient", "--method", "edges", "--save", "overlay,npy", input], in: folder)
      #expect(outcome.status == 0, "\(outcome.messages)")
      let names = ["3-01", "7-01", "scan-5-01"]
      #expect(records.map { $0["path"] as? String } == names.map { "\(input)/\($0).png" })
      for (record, name) in zip(records, names) {
        #expect(record["status"] as? String == "ok")
        let predictions = try #require(record["predictions"] as? [[String: Any]])
        #expect(predictions.count == 10 && predictions[0]["label"] as? String == name.digit)
        let maps = try #require(record["maps"] as? [[String: Any]])
        #expect(maps.map { $0["method"] as? String } == ["gradient", "edges"])
        for map in maps {
          for product in ["overlay", "npy"] {
            let file = try #require(map[product] as? String)
            #expect(FileManager.default.fileExists(atPath: folder + "/out/" + file))
          }
          #expect(map["sum"] is Double && map["seconds"] is Double)
        }
      }
    }
  }

  @Test func anOverlayHasThePicturesOwnSizeAndTinyOnesAreEnlarged() async throws {
    try await withTemporaryFolder { folder in
      let input = try digits(["7-01.png", "scan-5-02-exif6.jpg"], in: folder)
      let (_, records) = try await explain(["--method", "gradient", input], in: folder)
      let photo = try ImageFile.read(input + "/scan-5-02-exif6.jpg").image
      let overlays = try records.map { record in
        let maps = try #require(record["maps"] as? [[String: Any]])
        return try ImageFile.read(folder + "/out/" + (maps[0]["overlay"] as? String ?? "")).image
      }
      #expect((overlays[0].width, overlays[0].height) == (252, 252))
      #expect((overlays[1].width, overlays[1].height) == (photo.width, photo.height))
    }
  }

  @Test func rawNumbersAreANumPyFileOfTheInputsShape() async throws {
    try await withTemporaryFolder { folder in
      let input = try digits(["3-01.png"], in: folder)
      let (_, records) = try await explain(
        ["--method", "input-x-gradient", "--save", "npy", input], in: folder)
      let map = try #require((records[0]["maps"] as? [[String: Any]])?.first)
      let file = try #require(map["npy"] as? String)
      let bytes = [UInt8](try Data(contentsOf: URL(filePath: folder + "/out/" + file)))
      #expect(bytes.starts(with: [0x93] + Array("NUMPY".utf8) + [1, 0]))
      let header = String(decoding: bytes[10..<128], as: UTF8.self)
      #expect(header.contains("'<f4'") && header.contains("(1, 28, 28)"))
      let values = (0..<784).map { index in
        Float(
          bitPattern: (0..<4).reduce(UInt32(0)) {
            $0 | UInt32(bytes[128 + 4 * index + $1]) << (8 * $1)
          })
      }
      let sum = values.reduce(0.0) { $0 + Double($1) }
      #expect(abs(sum - (try #require(map["sum"] as? Double))) < 1e-9)
      #expect(map["overlay"] == nil)
    }
  }

  @Test func aBadPictureIsRecordedAndTheOthersAreDone() async throws {
    try await withTemporaryFolder { folder in
      let input = try digits(["3-01.png", "7-01.png"], in: folder)
      try writeFile(input + "/5.png", Array("no picture".utf8))
      let (outcome, records) = try await explain(["--method", "gradient", input], in: folder)
      #expect(outcome.status == 2)
      #expect(records.map { $0["status"] as? String } == ["ok", "failed", "ok"])
      let reason = try #require(records[1]["error"] as? String)
      #expect(reason.contains("this is text") && outcome.messages.contains(reason))
    }
  }

  @Test(arguments: [
    (["--target", "4-vs-9"], "contrast", 4), (["--target", "8"], "logit", 8),
    (["--output-kind", "probability"], "probability", 3), ([], "logit", 3),
  ])
  func aTargetIsChosen(options: [String], kind: String, index: Int) async throws {
    try await withTemporaryFolder { folder in
      let input = try digits(["3-01.png"], in: folder)
      let (_, records) = try await explain(options + ["--method", "gradient", input], in: folder)
      let target = try #require(records[0]["target"] as? [String: Any])
      #expect(target["kind"] as? String == kind && target["index"] as? Int == index)
    }
  }

  @Test func severalTargetsAndSettingsHaveFilesOfTheirOwn() async throws {
    try await withTemporaryFolder { folder in
      let input = try digits(["3-01.png"], in: folder)
      let (_, records) = try await explain(
        [
          "--target", "top2", "--method", "integrated-gradients:steps=4",
          "--method", "integrated-gradients:steps=8", input,
        ], in: folder)
      let maps = try #require(records[0]["maps"] as? [[String: Any]])
      let endings = try maps.map { map in
        try #require(map["overlay"] as? String).split(separator: "/").last.map(String.init)
      }
      #expect(
        endings == [
          "3-01.integrated-gradients.png", "3-01.integrated-gradients.top2.png",
          "3-01.integrated-gradients-2.png", "3-01.integrated-gradients-2.top2.png",
        ])
    }
  }

  @Test func segmentsFromALabelMapAreSwitchedTogether() async throws {
    try await withTemporaryFolder { folder in
      let input = try digits(["7-01.png", "3-01.png"], in: folder)
      // Three columns of any colours over pictures of any size.
      let map = Image(
        width: 3, height: 1, layout: .rgb, samples: .eight([9, 0, 0, 0, 200, 0, 5, 5, 5]))
      try ImageFile.write(map, to: folder + "/parts.png", as: .png(PNGOptions()))
      let (outcome, records) = try await explain(
        [
          "--method", "ablation", "--method", "lime", "--method", "shapley-exact", "--segments",
          folder + "/parts.png", "--fit", "stretch", input,
        ], in: folder)
      #expect(outcome.status == 0, "\(outcome.messages)")
      for record in records {
        let maps = try #require(record["maps"] as? [[String: Any]])
        #expect(maps.count == 3)
        for map in maps {
          let segments = try #require(map["segments"] as? [[String: Any]])
          #expect(segments.map { $0["pixels"] as? Int ?? 0 }.reduce(0, +) == 784)
          #expect(segments.count == 3)
          #expect((map["settings"] as? [String: Any])?["segmenter"] as? String == "given")
        }
      }
    }
  }

  @Test func partsWhoseIntervalHoldsZeroCanBeLeftGrey() async throws {
    try await withTemporaryFolder { folder in
      let input = try digits(["7-01.png"], in: folder)
      let (_, records) = try await explain(
        [
          "--method", "lime:masks=paired:samples=48:cells=4", "--uncertain", "grey", "--upsampling",
          "nearest", "--save", "heatmap", "--fit", "stretch", input,
        ], in: folder)
      let map = try #require((records[0]["maps"] as? [[String: Any]])?.first)
      let measured = try #require(map["measurements"] as? [String: Double])
      let factor = try #require(measured["interval-factor"])
      let heatmap = try ImageFile.read(folder + "/out/" + (map["heatmap"] as? String ?? "")).image
      let samples = try heatmap.converted(to: .rgb).eightBitSamples()
      var uncertain: Set<[UInt8]> = []
      var certain: Set<[UInt8]> = []
      for segment in try #require(map["segments"] as? [[String: Any]]) {
        let number = try #require(segment["segment"] as? Int)
        let value = try #require(segment["value"] as? Double)
        let error = try #require(segment["standard_error"] as? Double)
        let side = heatmap.width / 4
        let pixel = (number / 4 * side + side / 2) * heatmap.width + number % 4 * side + side / 2
        let color = Array(samples[3 * pixel..<3 * pixel + 3])
        if abs(value) <= factor * error { uncertain.insert(color) } else { certain.insert(color) }
      }
      #expect(uncertain.count == 1 && certain.count > 1)
      #expect(certain.isDisjoint(with: uncertain))
    }
  }

  @Test func wherePartsAreLeftGreyThePagesNumbersAreTheMapsOwn() async throws {
    try await withTemporaryFolder { folder in
      let input = try digits(["7-01.png"], in: folder)
      func drawn(_ uncertain: String) async throws -> (numbers: Data, map: [String: Any]) {
        let (_, records) = try await explain(
          ["--uncertain", uncertain, "--method", "shapley-sampling:permutations=4", input],
          in: folder)
        let map = try #require((records[0]["maps"] as? [[String: Any]])?.first)
        let stem = try #require(records[0]["report_files"] as? String)
        return (try Data(contentsOf: URL(filePath: folder + "/out/\(stem).js")), map)
      }
      let (all, certain) = (try await drawn("draw"), try await drawn("grey"))
      #expect(all.numbers == certain.numbers)
      #expect(all.map["leaves_out_uncertain"] == nil)
      #expect(certain.map["leaves_out_uncertain"] as? Bool == true)
      #expect(certain.map["flat"] as? Bool == false)
    }
  }

  @Test func aScaleOfARunIsOfWhatIsDrawn() async throws {
    try await withTemporaryFolder { folder in
      let input = try digits(["3-01.png"], in: folder)
      func scale(_ options: [String]) async throws -> Double {
        let (_, records) = try await explain(
          options + ["--method", "shapley-sampling:permutations=3:cells=7", input], in: folder)
        let map = try #require((records[0]["maps"] as? [[String: Any]])?.first)
        return try #require(map["scale"] as? Double)
      }
      let certain = try await scale(["--uncertain", "grey"])
      try #require(try await scale(["--uncertain", "draw"]) > certain)
      #expect(try await scale(["--uncertain", "grey", "--scale", "run"]) == certain)
    }
  }

  @Test func theSameBytesAtAnyNumberOfThreads() async throws {
    try await withTemporaryFolder { folder in
      let input = try digits(
        try Fixtures.names(in: "digits").filter { $0.hasSuffix("-01.png") }, in: folder)
      var folders: [[String: Data]] = []
      for threads in ["1", "2", "3"] {
        let output = folder + "/out-" + threads
        _ = try await runProgram(
          whylight,
          [
            "explain", "--method", "integrated-gradients", "--method", "gradient", "--threads",
            threads, "-o", output, input,
          ])
        var files: [String: Data] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: output)
        where ["png", "jpg", "js", "html"].contains(name.split(separator: ".").last ?? "") {
          files[name] = try Data(contentsOf: URL(filePath: output + "/" + name))
        }
        // 20 pictures: two maps' overlays and layers, the picture shown, its numbers; and the page.
        #expect(files.count == 121)
        folders.append(files)
      }
      #expect(folders[0] == folders[1] && folders[1] == folders[2])
    }
  }

  @Test(arguments: [
    (["--target", "ten"], "The model has no class 'ten'."),
    (["--target", "top0"], "how many of the likeliest classes are explained, at least 1."),
    (["--target", "4-vs-4"], "The target contrasts '4' with itself."),
    (["--target", "4-vs-9", "--output-kind", "probability"], "Leave out --output-kind"),
    (["--method", "gradeint"], "Did you mean 'gradient'?"),
    (["--save", "overlay,video"], "--save is 'overlay,video', but must be some of"),
    (["--labels", "a,b"], "--labels has 2 names, but the model has 10 classes."),
    (["--method", "occlusion:window=99"], "occlusion: window must be at most 28 here."),
    (["--method", "grad-cam:layer=conv9"], "grad-cam: there is no layer 'conv9'."),
    (["--method", "lrp", "--output-kind", "probability"], "lrp cannot explain a probability."),
    (["--method", "lime:segmenter=given"], "Name it with --segments FILE"),
    (["--method", "shapley-exact:cells=5"], "the segments are 25, but at most 16 are possible"),
  ])
  func mistakesHaveSentences(options: [String], sentence: String) async throws {
    try await withTemporaryFolder { folder in
      let input = try digits(["3-01.png"], in: folder)
      let (outcome, records) = try await explain(options + [input], in: folder)
      #expect(outcome.messages.contains(sentence), "\(outcome.messages)")
      #expect(outcome.status == (options[0] == "--labels" ? 1 : 64) && records.isEmpty)
      #expect(!FileManager.default.fileExists(atPath: folder + "/out"))
    }
  }

  @Test func aFileInThePlaceOfTheOutputFolderIsNamed() async throws {
    try await withTemporaryFolder { folder in
      let input = try digits(["7-01.png"], in: folder)
      try writeFile(folder + "/out", Data("x".utf8))
      let (outcome, _) = try await explain([input], in: folder)
      #expect(outcome.status == 1)
      #expect(outcome.messages.contains("/out: this is a file, not a folder."))
    }
  }

  /// In a file system of its own.
  @Test(
    "A full disk is named, and the run goes on when there is room",
    .enabled(if: Mounting.isPossible, "needs the permission to mount"), arguments: [1, 2])
  func fullDisk(threads: Int) async throws {
    try await withTemporaryFolder { folder in
      let input = try digits(
        (0...9).flatMap { digit in (1...4).map { "\(digit)-0\($0).png" } }, in: folder)
      try FileManager.default.createDirectory(
        atPath: folder + "/small", withIntermediateDirectories: true)
      let script = """
        mount -t tmpfs -o size=96k none "$1/small"
        run() {
          "$0" explain --method gradient --no-report --threads \(threads) -o "$1/small/out" "$2" $3
        }
        run "$1" "$2"; echo "first $?"
        wc -l < "$1/small/out/results.jsonl"
        echo "end $(tail -c 1 "$1/small/out/results.jsonl" | od -An -c)"
        mount -o remount,size=10m "$1/small"
        run "$1" "$2" --resume; echo "second $?"
        wc -l < "$1/small/out/results.jsonl"
        """
      let outcome = try await runProgram(
        "/usr/bin/unshare", ["-m", "bash", "-c", script, whylight, folder, input])
      #expect(outcome.messages.contains("the disk is full"))
      let lines = outcome.output.split(separator: "\n")
        .map { $0.trimmingCharacters(in: .whitespaces) }
        .filter { !$0.contains("%") }
      try #require(lines.count == 5, "\(lines)")
      #expect(lines[0] == "first 1")
      // What was recorded before is whole lines. Of two threads, one may fill the disk before the
      // other's picture, the first, is recorded.
      let count = try #require(Int(lines[1]))
      #expect((threads == 1 ? 1 : 0)..<40 ~= count)
      #expect(lines[2] == (count == 0 ? "end " : "end   \\n"))
      #expect(lines[3...] == ["second 0", "40"])
    }
  }
}

extension String {
  /// The digit in a fixture's name.
  fileprivate var digit: String {
    first(where: \.isNumber).map(String.init) ?? ""
  }
}
