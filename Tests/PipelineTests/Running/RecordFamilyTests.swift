import FoundationEssentials
import TestSupport
import Testing

@testable import Pipeline

@Suite struct RecordFamilyTests {
  @Test(arguments: [
    ("results.jsonl", RecordFamily.whole), ("results-3-of-8.jsonl", .shards(of: 8)),
    ("results-9-of-8.jsonl", nil), ("results-03-of-8.jsonl", nil), ("results-old.jsonl", nil),
    ("results.jsonl~", nil), ("my-results-1-of-2.jsonl", nil), ("results-.jsonl", nil),
  ])
  func aNameTellsWhatItsRecordsBelongTo(name: String, family: RecordFamily?) {
    #expect(RecordFamily(fileName: name) == family)
  }

  @Test(arguments: [
    (nil, ["results-old.jsonl", "results.jsonl"]),
    ("2/3", ["results-1-of-3.jsonl", "results-2-of-3.jsonl", "results-old.jsonl"]),
    ("1/2", ["results-1-of-2.jsonl", "results-old.jsonl"]),
  ])
  func aRunRemovesTheRecordsOfOtherFamilies(shard: String?, left: [String]) async throws {
    try await withTemporaryFolder { folder in
      for name in ["results.jsonl", "results-1-of-3.jsonl", "results-old.jsonl"] {
        try writeFile(folder + "/" + name, "{}\n".utf8)
      }
      _ = try RecordFile(
        shard.flatMap(Shard.init), in: OutputFolder(folder), beginningWith: nil)
      let names = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(names.filter { !$0.hasPrefix(".") }.sorted() == left)
    }
  }

  @Test(arguments: [
    (["results.jsonl", "results-1-of-2.jsonl"], ["results-1-of-2.jsonl"]),
    (["results.jsonl", "run.json"], ["results.jsonl"]),
    (
      ["results-2-of-2.jsonl", "results-1-of-2.jsonl"],
      ["results-1-of-2.jsonl", "results-2-of-2.jsonl"]
    ),
    (
      ["results-1-of-2.jsonl", "results-1-of-3.jsonl", "results-9.jsonl"], ["results-1-of-3.jsonl"]
    ),
    ([], []),
  ])
  func aPageIsOfOneFamily(names: [String], shown: [String]) async throws {
    try await withTemporaryFolder { folder in
      for name in names {
        let record = ExplanationRecord(path: name, outcome: .failed("no picture"))
        try writeFile(folder + "/" + name, (record.json + "\n").utf8)
      }
      #expect(RecordFamily.shown(in: folder)?.names ?? [] == shown)
      #expect(RecordLines(folder: folder).count == shown.count)
    }
  }

  @Test func noTwoPicturesShareAFileOfThePage() {
    let names = [
      "a", "a.0", "a.1.0", "a.picture", "a.0.picture", "a.js", "a.picture.js", "0", "1.0",
    ]
    let files = names.flatMap { name in
      let stem = ReportFolder.stem(of: ExplanationJob(path: name, name: name))
      return [
        ReportFolder.picture(stem, isTiny: true), ReportFolder.picture(stem, isTiny: false),
        ReportFolder.numbers(stem),
      ] + (0..<12).map { ReportFolder.layer(stem, map: $0) }
    }
    #expect(Set(files).count == files.count)
  }
}
