import Attribution
import Rendering
import Testing

@testable import Pipeline

/// What a page says of a run as a whole, and of one map.
struct ReportWordsTests {
  private func target(_ index: Int) -> String {
    #"{"kind": "logit", "index": \#(index), "label": "\#(index)", "score": 1}"#
  }

  private func map(
    _ method: String, target index: Int = 3, settings: String = "{}", more: String = ""
  ) throws -> MapRecord {
    let record = try record(method, target: index, settings: settings, more: more)
    return try #require(record.maps.first)
  }

  private func record(
    _ method: String, target index: Int = 3, settings: String = "{}", more: String = "",
    unlikeTraining: String = "null"
  ) throws -> ExplainedRecord {
    let line = """
      {"path": "x.png", "status": "ok", "predictions": [{"index": 3, "label": "3", \
      "logit": 1, "probability": 0.9}], "unlike_training": \(unlikeTraining), "target": \(target(3)), \
      "model": {"file": "m.onnx", "sha256": "ab"}, "width": 8, "height": 8, "maps": [{\
      "method": "\(method)", "settings": \(settings), "seed": 1, "target": \(target(index)), \
      "sum": 8.25, "expected": 8.5, "residual": 0.007, "scale": 0.624, "scale_of": "image", \
      "clip": 99.0, "colormap": "red-blue", "signed": true, "flat": false\(more)}]}
      """
    guard case .explained(let record)? = ExplanationRecord(json: line)?.outcome else {
      throw MissingRecord()
    }
    return record
  }

  private struct MissingRecord: Error {}

  @Test("methods of several targets are named once, their maps by rank")
  func ranks() throws {
    let maps = try ["lime", "lime", "occlusion"].flatMap { method in
      try [3, 9].map { try map(method, target: $0, settings: #"{"samples": \#($0)}"#) }
    }
    let columns = RecordedColumns(maps)
    #expect(columns.methods == ["lime", "lime (2)", "occlusion"])
    #expect(
      columns.names == [
        "lime", "lime, 2nd likeliest", "lime (2)", "lime (2), 2nd likeliest", "occlusion",
        "occlusion, 2nd likeliest",
      ])
    #expect(columns.target(ofMap: 5, maps[5].target) == "2nd likeliest: 9")
    // What is second likeliest is another class from picture to picture: no mean says anything of it.
    #expect(columns.firstMaps.map { columns.names[$0] } == ["lime", "lime (2)", "occlusion"])
    #expect(RecordedColumns([maps[0]]).target(ofMap: 0, maps[0].target) == nil)
  }

  @Test(
    "only a picture that is known to be unlike the training data is marked and counted as such",
    arguments: [("true", true), ("false", false), ("null", false)])
  func unlikeTraining(recorded: String, isMarked: Bool) throws {
    let record = try record("lime", unlikeTraining: recorded)
    let image = ReportImage.Explained(
      record, truth: nil, picture: .file(path: "x.png"), layers: [nil], values: nil,
      valuesFile: nil)
    #expect(image.isUnlikeTraining == isMarked)
    var tally = ReportTally()
    for path in ["a.png", "b.png"] {
      var part = ReportTally()
      part.add(ExplanationRecord(path: path, outcome: .explained(record)))
      tally.add(part)
    }
    #expect(tally.unlikeTraining == (isMarked ? 2 : 0))
  }

  @Test("settings that are not those of all pictures vary")
  func varying() throws {
    var tally = MethodTally(try map("lime", settings: #"{"samples": 512, "fill": "black"}"#))
    tally.add(MethodTally(try map("lime", settings: #"{"samples": 512, "fill": "black"}"#)))
    #expect(tally.settingsText == "samples=512, fill=black")
    tally.add(
      MethodTally(
        try map("lime", settings: #"{"samples": 1024, "fill": "black", "masks": "paired"}"#)))
    tally.add(MethodTally(try map("lime", settings: #"{"samples": 1024, "fill": "black"}"#)))
    #expect(tally.settingsText == "samples=varies, fill=black, masks=varies")
    #expect(tally.colorBars == [ColorBar(.redBlue, .both)])
    #expect(tally.scaleText.contains("the 99th percentile of the map's magnitudes"))
  }

  @Test(
    "why a map has no colours is read from its record",
    arguments: [
      (0.5, false, false, ColorReach.upTo(0.5)), (0.5, false, true, .upTo(0.5)),
      (0, false, false, .nowhere(.zero)), (0, true, false, .nowhere(.flat)),
      (0, false, true, .nowhere(.nothingCertain)),
    ])
  func reach(scale: Double, isFlat: Bool, leavesOut: Bool, reach: ColorReach) throws {
    var map = try map("lime")
    map.drawing?.scale = scale
    map.drawing?.leavesOutUncertain = leavesOut
    map.isFlat = isFlat
    #expect(map.reach == reach && map.hasColors == (scale > 0))
  }

  @Test("a residual is the estimated error only of methods that estimate it")
  func estimates() throws {
    let estimate = try map(
      "integrated-gradients", more: #", "measurements": {"within-tolerance": 1}"#)
    #expect(estimate.estimatedError == 0.007)
    #expect(try map("deeplift").estimatedError == nil)
  }

  @Test(
    "what the ends of colours stand for",
    arguments: [
      (DrawingRecord.Source.image, 99.0, "red-blue", true, "±0.624, the 99th percentile"),
      (.image, 100, "dusk", false, "0.624, the map's largest magnitude"),
      (.run, 99.5, "red-blue", true, "±0.624, the 99.5th percentile"),
      (.value, nil, "red-blue", true, "±0.624, which was given"),
      (.image, 99, "red-blue", false, " 0.624, the 99th"),
      (.image, 99, "dusk", true, "do not show the signs"),
    ] as [(DrawingRecord.Source, Double?, String, Bool, String)])
  func ends(
    source: DrawingRecord.Source, clip: Double?, colorMap: String, isSigned: Bool, words: String
  ) {
    let drawing = DrawingRecord(
      scale: 0.624, source: source, clip: clip, colorMap: colorMap, isSigned: isSigned)
    #expect(drawing.words.contains(words), "\(drawing.words)")
  }

  @Test(
    "settings of a run are shown in words, unknown ones as they are",
    arguments: [
      ("target", "top", "explained: the likeliest class"),
      ("target", "top3", "explained: the 3 likeliest classes"),
      ("target", "4-vs-9", "explained: why 4 and not 9"),
      ("output kind", "logit", "explained score: the class's logit"),
      ("opacity", "0.85", "opacity: the strongest colour covers 85 % of the picture"),
      ("clip", "99.0", "clip: the full colour stands for the 99th percentile of the magnitudes"),
      (
        "top percent", "20.0",
        "strongest part (top, contour): 20 % of the pixels, if so many are above zero"
      ),
      ("scale", "0.5", "scale: given: 0.5"), ("something", "new", "something: new"),
      (
        "methods", "occlusion:fill=black:window=4 edges",
        "method: occlusion with fill=black, window=4|method: edges"
      ),
      (
        "preparation", "size 28x28, range 0..1, mean [], std [0.5], order rgb, fit digit",
        "a picture becomes the model's input: size 28x28, values from 0 to 1, std [0.5], "
          + "order rgb, fit digit"
      ),
    ])
  func facts(name: String, value: String, words: String) {
    let facts = RunSettings([RunSettings.Entry(name, value)]).facts
    #expect(facts.map { "\($0.name): \($0.value)" }.joined(separator: "|") == words)
  }

  @Test(
    "the explained score of a contrast is a difference",
    arguments: [
      ("4-vs-9", "4, 9", "the difference of the two classes' logits"),
      ("4-vs-9", "4, 4-vs-9, 9", "the class's logit"), ("top", "4, 9", "the class's logit"),
    ])
  func explainedScore(target: String, labels: String, score: String) {
    let settings = RunSettings([
      RunSettings.Entry("target", target), RunSettings.Entry("output kind", "logit"),
      RunSettings.Entry("labels", labels),
    ])
    #expect(settings.facts.first { $0.name == "explained score" }?.value == score)
  }

  @Test("a class that is called like a contrast is none")
  func classLikeAContrast() {
    let settings = RunSettings([
      RunSettings.Entry("target", "a-vs-b"), RunSettings.Entry("labels", "c, a-vs-b"),
    ])
    #expect(settings.facts.first?.value == "a-vs-b")
  }

  @Test(
    "targets and scales are described as they are read",
    arguments: ["top", "top3", "4-vs-9", "seven"])
  func targets(text: String) {
    #expect(TargetChoice(text)?.description == text)
  }

  @Test(
    "places in a row",
    arguments: [
      (1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (112, "112th"), (121, "121st"),
    ])
  func ordinals(number: Int, text: String) {
    #expect(Ordinal.text(number) == text)
  }
}
