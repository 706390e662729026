import Foundation
import TestSupport
import Testing

/// The page of `explain` and `report` from outside.
@Suite struct ReportTests {
  private let whylight = BuiltProgram.path("whylight")

  /// Explains some digits in folders called after their classes, one of which is wrong, and a broken
  /// file.
  private func explain(in folder: String, _ options: [String]) async throws -> SubprocessOutcome {
    for (name, place) in [("3-01", "3/a"), ("7-01", "7/b"), ("5-02", "3/c")] {
      try writeFile(folder + "/in/\(place).png", try Fixtures.data("digits/\(name).png"))
    }
    try writeFile(folder + "/in/7/scan.jpg", try Fixtures.data("digits/scan-7-02-exif8.jpg"))
    try writeFile(folder + "/in/3/broken.png", Array("no picture".utf8))
    return try await runProgram(
      whylight, ["explain", "-o", folder + "/out"] + options + [folder + "/in"])
  }

  private func page(_ folder: String) throws -> String {
    try String(contentsOfFile: folder + "/out/report.html", encoding: .utf8)
  }

  @Test("explain leaves a page that carries its pictures, and says where")
  func page() async throws {
    try await withTemporaryFolder { folder in
      let outcome = try await explain(in: folder, ["--method", "gradient", "--method", "edges"])
      #expect(outcome.status == 2)
      #expect(outcome.messages.contains(folder + "/out/report.html"))
      let page = try page(folder)
      #expect(page.split(separator: "<article ").count == 6)
      #expect(page.split(separator: "class=\"layer\"").count == 9)
      #expect(!page.contains("src=\"report-files"))
      #expect(page.contains("4 explained. 1 wrong."))
      #expect(page.contains("is 3") && page.contains("broken.png"))
      #expect(page.contains("<option value=\"7\">7 (2)</option>"))
      let again = try await runProgram(whylight, ["report", folder + "/out"])
      #expect(again.status == 0 && again.output == "\(folder)/out/report.html: 5 pictures\n")
      #expect(try self.page(folder) == page)
    }
  }

  @Test("records of shards are merged by path")
  func shards() async throws {
    try await withTemporaryFolder { folder in
      _ = try await explain(in: folder, ["--method", "edges"])
      let page = try page(folder)
      let records = folder + "/out/results.jsonl"
      let lines = try String(contentsOfFile: records, encoding: .utf8).split(separator: "\n")
      try FileManager.default.removeItem(atPath: records)
      for shard in 0..<2 {
        let part = lines.enumerated().filter { $0.offset % 2 != shard }.map { $0.element + "\n" }
        try writeFile(folder + "/out/results-\(shard + 1)-of-2.jsonl", part.joined().utf8)
      }
      let outcome = try await runProgram(whylight, ["report", folder + "/out"])
      #expect(outcome.status == 0)
      #expect(try self.page(folder) == page)
      #expect(
        try String(contentsOfFile: records, encoding: .utf8).split(separator: "\n") == lines)
    }
  }

  @Test(
    "records of shards without a page are merged, and missing shards are named",
    arguments: [
      (
        "2-of-5",
        "results-1-of-5.jsonl, results-3-of-5.jsonl, results-4-of-5.jsonl and 1 more are missing: "
          + "run these shards"
      ), ("1-of-2", "results-2-of-2.jsonl is missing: run this shard,"),
    ])
  func shardsWithoutPage(shard: String, missing: String) async throws {
    try await withTemporaryFolder { folder in
      _ = try await explain(in: folder, ["--method", "edges", "--no-report"])
      let (whole, shard) = (folder + "/out/results.jsonl", folder + "/out/results-\(shard).jsonl")
      try FileManager.default.moveItem(atPath: whole, toPath: shard)
      let outcome = try await runProgram(whylight, ["report", folder + "/out"])
      #expect(outcome.status == 0)
      #expect(outcome.output.hasPrefix("\(folder)/out/results.jsonl: "))
      #expect(outcome.messages.contains(missing))
      #expect(outcome.messages.contains("There is no page"))
      #expect(
        try Data(contentsOf: URL(filePath: whole)) == Data(contentsOf: URL(filePath: shard)))
    }
  }

  @Test("a shard into which no picture fell has no page, but is there")
  func emptyShard() async throws {
    try await withTemporaryFolder { folder in
      let picture = folder + "/7.png"
      try writeFile(picture, try Fixtures.data("digits/7-01.png"))
      var reports: [SubprocessOutcome] = []
      for shard in ["1/2", "2/2"] {
        let output = folder + "/" + shard
        let options = ["explain", "--method", "edges", "--shard", shard, "-o", output]
        let outcome = try await runProgram(whylight, options + [picture])
        #expect(outcome.status == 0)
        reports.append(try await runProgram(whylight, ["report", output]))
      }
      #expect(reports.allSatisfy { $0.status == 0 })
      #expect(reports.count { $0.messages.contains("no picture is in these records") } == 1)
      #expect(reports.allSatisfy { $0.messages.contains("of-2.jsonl is missing") })
    }
  }

  @Test("a damaged line of the records costs its picture, not the order of others, and is said")
  func damagedLines() async throws {
    try await withTemporaryFolder { folder in
      _ = try await explain(in: folder, ["--method", "edges"])
      let whole = try page(folder)
      let path = folder + "/out/results.jsonl"
      var lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
      lines[1] = lines[1].dropLast(20)
      lines[3] = lines[3].prefix(5)
      try writeFile(path, lines.map { $0 + "\n" }.joined().utf8)
      let outcome = try await runProgram(whylight, ["report", folder + "/out"])
      #expect(outcome.output == "\(folder)/out/report.html: 3 pictures\n")
      #expect(outcome.messages.contains("2 lines of the records in \(folder)/out are damaged"))
      let cards = try page(folder).matches(of: /<article [^>]*id="image-([0-9]+)/).map { $0.1 }
      #expect(cards == ["0", "1", "2"])
      let again = try await explain(in: folder, ["--method", "edges", "--resume"])
      #expect(again.status == 2)
      #expect(try page(folder) == whole)
    }
  }

  @Test("what an earlier run left is no part of a page")
  func earlierRuns() async throws {
    try await withTemporaryFolder { folder in
      let before = ["--method", "gradient", "--no-report", "--shard"]
      for shard in ["1/2", "2/2"] { _ = try await explain(in: folder, before + [shard]) }
      let outcome = try await explain(in: folder, ["--method", "edges"])
      #expect(outcome.status == 2, "\(outcome.messages)")
      #expect(try page(folder).split(separator: "<article ").count == 6)
      let names = try FileManager.default.contentsOfDirectory(atPath: folder + "/out")
      #expect(names.filter { $0.hasSuffix(".jsonl") } == ["results.jsonl"])
      for shard in ["1/3", "2/3", "3/3"] {
        _ = try await explain(in: folder, ["--method", "edges", "--shard", shard])
      }
      let again = try await runProgram(whylight, ["report", folder + "/out"])
      #expect(again.output.hasSuffix("\(folder)/out/report.html: 5 pictures\n"))
    }
  }

  @Test("what is needed for a page is named where it is missing")
  func errors() async throws {
    try await withTemporaryFolder { folder in
      let empty = try await runProgram(whylight, ["report", folder])
      #expect(empty.status == 1 && empty.messages.contains("there are no records of a run"))
      try writeFile(folder + "/results.jsonl", "somebody's\n".utf8)
      let strange = try await runProgram(whylight, ["report", folder])
      #expect(strange.status == 1 && strange.messages.contains("there are no records of a run"))
      let plain = try await explain(in: folder, ["--method", "edges", "--no-report"])
      #expect(plain.status == 2)
      #expect(!FileManager.default.fileExists(atPath: folder + "/out/report.html"))
      #expect(!FileManager.default.fileExists(atPath: folder + "/out/report-files"))
      let without = try await runProgram(whylight, ["report", folder + "/out"])
      #expect(without.status == 1 && without.messages.contains("--no-report"))
      _ = try await explain(in: folder, ["--method", "edges"])
      let page = folder + "/out/report.html"
      try writeFile(page, "my own".utf8)
      let foreign = try await runProgram(whylight, ["report", folder + "/out"])
      #expect(foreign.status == 1 && foreign.messages.contains(page + ": Whylight did not make"))
      try FileManager.default.removeItem(atPath: page)
      let names = try FileManager.default.subpathsOfDirectory(atPath: folder + "/out/report-files")
      let layer = try #require(names.first { $0.hasSuffix(".0.png") })
      try FileManager.default.removeItem(atPath: folder + "/out/report-files/" + layer)
      let damaged = try await runProgram(whylight, ["report", folder + "/out"])
      #expect(damaged.status == 1 && damaged.messages.contains(layer))
    }
  }
}
