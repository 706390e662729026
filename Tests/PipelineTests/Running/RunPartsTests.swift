import Attribution
import FoundationEssentials
import Rendering
import Synchronization
import TestSupport
import Testing

@testable import Pipeline

@Suite struct RunPartsTests {
  @Test(arguments: [
    (["photos/a/3.png"], ["photos/a/3"]),
    (["/data/3.png", "../x/4.jpg"], ["data/3", "x/4"]),
    (["a/3.png", "a/3.jpg", "a/4.png"], ["a/3.png", "a/3.jpg", "a/4"]),
    (["/a/3.png", "a/3.png"], ["a/3.png", "a/3.png~2"]),
    ([".hidden", "a.b.png"], [".hidden", "a.b"]),
    (
      ["js/three.png", "js/three.js/a.png", "js/three.js_/a.png", "x.JPG/b.png", "_/b.png"],
      ["js/three", "js/three.js_/a", "js/three.js__/a", "x.JPG_/b", "_/b"]
    ),
    (["report-files/a.png", "a/report-files.png"], ["report-files_/a", "a/report-files"]),
    (["../\u{FE0F}x.png", "s/\u{301}x.png"], ["\u{FE0F}x", "s/\u{301}x"]),
    (["a/\u{600}.png", "a/\u{600}.jpg"], ["a/\u{600}.png", "a/\u{600}.jpg"]),
  ])
  func outputsAreNamedByTheirInputs(paths: [String], expected: [String]) {
    for order in [paths, paths.reversed()] {
      let names = OutputNames(order)
      #expect(paths.map { names[$0] } == expected)
    }
  }

  @Test func drawingsAreKnownByTheirNames() {
    let methods = MethodCatalogue.all.map(\.name)
    let names = MapNames(methods: methods + methods)
      .files("a.b", targets: 11, products: Set(MapProduct.allCases))
    for name in names { #expect(DrawnName.isPossible(name) == name.hasSuffix(".png"), "\(name)") }
    for drawing in SegmentDrawing.allCases { #expect(DrawnName.isPossible("a" + drawing.ending)) }
    for drawing in SummaryDrawing.allCases {
      #expect(DrawnName.isPossible(drawing.fileName))
      #expect(DrawnName.isPossible("model." + drawing.fileName))
    }
  }

  @Test(arguments: [
    "a.png", "a.b.png", "gradient.png", "labels.png", "lime.top2.png", "a.top.png", "a.gradient",
    "a.gradient.jpg", "a.-2.png", "a.gradient.2.png", "a.gradient-x.png", "", "..png",
  ])
  func namesThatNothingDrawnHasAreToldApart(name: String) {
    #expect(!DrawnName.isPossible(name))
  }

  @Test func pathsThatComeOneByOneYieldToEarlierOnes() {
    var names = OutputNames([])
    let given = ["a/3.png", "a/3.jpg", "a/3.png", "/a/3.jpg"].map { names.add($0) }
    #expect(given == ["a/3", "a/3.jpg", "a/3", "a/3.jpg~2"])
  }

  @Test(arguments: [
    ("img2", "img10"), ("a/2.png", "a/10.png"), ("a", "b"), ("a", "ab"), ("a07", "a7"),
    ("B", "a"), ("1a", "1b"), ("99999999999999999999", "100000000000000000000"),
  ])
  func peopleNumberThings(first: String, second: String) {
    #expect(NaturalOrder.precedes(first, second) && !NaturalOrder.precedes(second, first))
    #expect(!NaturalOrder.precedes(first, first))
  }

  @Test func shardsAreEvenAndHoldEachPathOnce() throws {
    let paths = (0..<10_000).map { "photos/\($0).png" }
    let shards = try (1...7).map { try #require(Shard("\($0)/7")) }
    let counts = shards.map { shard in paths.count { shard.holds($0) } }
    #expect(counts.reduce(0, +) == paths.count)
    #expect(counts.allSatisfy { abs($0 - 10_000 / 7) < 150 }, "\(counts)")
  }

  @Test(arguments: ["0/3", "4/3", "1", "1/0", "a/b", "1/2/3", "-1/2"])
  func whatIsNoShardIsRefused(text: String) { #expect(Shard(text) == nil) }

  @Test(arguments: [
    ("top", TargetChoice.top(1)), ("top5", .top(5)), ("cat", .named("cat")), ("7", .named("7")),
    ("4-vs-9", .contrast("4", "9")), ("topaz", .named("topaz")), ("top0", .named("top0")),
    ("\u{E01}-vs-\u{E33}", .contrast("\u{E01}", "\u{E33}")), ("-vs-", nil),
  ])
  func targetsAreRead(text: String, choice: TargetChoice?) { #expect(TargetChoice(text) == choice) }

  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ])
  func digestsAreThoseOfTheStandard(text: String, digest: String) {
    #expect(SHA256.digest(Array(text.utf8).span) == digest)
    var inParts = SHA256()
    for byte in text.utf8 { inParts.add([byte].span) }
    #expect(inParts.finished() == digest)
  }

  @Test func aDigestOfAMillionLettersIsThatOfTheStandard() {
    #expect(
      SHA256.digest(Array(repeating: UInt8(ascii: "a"), count: 1_000_000).span)
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test func textsOfJSONComeBack() throws {
    let text = "a \"b\" \\ \n \u{1} ü \u{1F600}"
    let object = JSONText.object([("k", JSONText.string(text)), ("none", nil), ("n", "1")])
    struct Read: Decodable, Equatable {
      let k: String
      let n: Int
    }
    let read = try JSONDecoder().decode(Read.self, from: Data(object.utf8))
    #expect(read == Read(k: text, n: 1))
    #expect(JSONText.number(Double.nan) == "null" && JSONText.number(Float.infinity) == "null")
  }

  @Test(arguments: [
    (1, 2, 3.0, 16), (16, 16 * 63, 3.0, 16), (1, 64, 3.0, 1), (16, 16 * 64, 3.2, 2),
    (2, 2000, 0.02, 16), (1, 64, 0.0, 16),
  ])
  func blocksAreSmallWherePicturesFillTheLanesAndTakeLong(
    pictures: Int, evaluations: Int, seconds: Double, size: Int
  ) {
    #expect(BlockSize.value(after: pictures, evaluations, seconds) == size)
  }

  @Test func aListIsGivenOutOnceInBlocksThatShrink() {
    let jobs = (0..<100).map { ExplanationJob(path: "\($0)", name: "\($0)") }
    let list = JobList(jobs, threads: 2, blockSize: BlockSize(16))
    var blocks: [JobBlock] = []
    while let block = list.take() { blocks.append(block) }
    #expect(blocks.flatMap(\.jobs) == jobs)
    #expect(blocks[0].jobs.count == 16 && blocks.last?.jobs.count == 1)
  }

  @Test func whatHasComeInAlreadyIsTheFirstBlockOfAStream() {
    let rest = Mutex([["b", "c"], ["d"]])
    let stream = JobStream(beginningWith: ["a"]) { _ in
      rest.withLock { $0.isEmpty ? [] : $0.removeFirst() }
    }
    var blocks: [JobBlock] = []
    while let block = stream.take() { blocks.append(block) }
    #expect(blocks.map { $0.jobs.map(\.path) } == [["a"], ["b", "c"], ["d"]])
    #expect(blocks.map(\.first) == [0, 1, 3])
  }

  @Test func onlyWholeLinesOfAKilledRunCount() async throws {
    try await withTemporaryFolder { folder in
      let whole =
        #"{"path": "a.png", "status": "ok", "predictions": [{"index": 0, "label": "0", "#
        + #""probability": 1}], "target": {"kind": "logit", "index": 0, "label": "0"}, "#
        + #""model": {"file": "m", "sha256": "s"}, "width": 1, "height": 1, "maps": []}"#
      let lines = [
        whole,
        #"{"path": "b \"c\".png", "status": "failed", "error": "no"}"#,
        #"{"path": "d.png", "status": "ok", "ma"#,
      ]
      try writeFile(folder + "/r.jsonl", Array(lines.joined(separator: "\n").utf8))
      let records = RunRecords([folder + "/r.jsonl"])
      #expect(records.isExplained("a.png", forPage: false))
      #expect(!records.isExplained("a.png", forPage: true))
      for path in ["b \"c\".png", "d.png"] {
        #expect(!records.isExplained(path, forPage: false))
      }
      let file = records.file(of: ["b \"c\".png", "d.png", "a.png"], forPage: true)
      #expect(
        String(decoding: Array(file.joined()), as: UTF8.self) == lines[1] + "\n" + lines[0] + "\n")
    }
  }

  @Test func missingFilesStayInTheListUnlessNothingIsThere() async throws {
    try await withTemporaryFolder { folder in
      try writeFile(folder + "/a.png", [])
      let paths = [folder + "/none.png", folder + "/a.png", folder + "/./a.png"]
      let files = try Discovery.inputs(paths, apartFrom: folder + "/out")
      #expect(files.map(\.path) == Array(paths[..<2]))
      #expect(throws: DiscoveryError.missing(path: paths[0])) {
        try Discovery.inputs([paths[0]], apartFrom: "out")
      }
      #expect(throws: DiscoveryError.nothingNamed) { try Discovery.inputs([]) }
    }
  }
}
