import Testing

@testable import Pipeline

struct ExplanationRecordTests {
  /// One line of each kind: a logit with segments, a contrast, a failure.
  private static let lines = [
    #"{"path": "a \"b\".png", "status": "ok", "predictions": [{"index": 3, "label": "3", "logit": 9.5, "probability": 0.998}, {"index": 8, "label": "8", "logit": 1.25, "probability": 0.002}], "unlike_training": false, "target": {"kind": "logit", "index": 3, "label": "3", "score": 9.5}, "model": {"file": "digits.onnx", "sha256": "ab"}, "width": 28, "height": 30, "maps": [{"method": "lime", "settings": {"samples": 1000, "segmenter": "grid", "cells": 4, "kernel-width": 1.0, "own": 5, "small": 1e-05}, "seed": 18446744073709551615, "target": {"kind": "logit", "index": 3, "label": "3", "score": 9.5}, "overlay": "a.lime.png", "npy": "a.lime.npy", "sum": 8.5, "expected": null, "residual": null, "scale": 0.5, "scale_of": "image", "clip": 99.0, "colormap": "red-blue", "signed": true, "leaves_out_uncertain": true, "flat": false, "forward_evaluations": 1000, "backward_evaluations": 0, "measurements": {"r2": 0.75}, "segments": [{"segment": 0, "pixels": 16, "value": 0.25, "standard_error": 0.125}, {"segment": 1, "pixels": 4, "value": -0.5}], "seconds": 0.25}], "report_files": "report-files/a"}"#,
    #"{"path": "c.png", "status": "ok", "predictions": [{"index": 4, "label": "four", "logit": 2.0, "probability": 0.5}], "unlike_training": null, "target": {"kind": "contrast", "index": 4, "label": "four", "against_index": 9, "against_label": "nine", "score": -1.5}, "model": {"file": "m.onnx", "sha256": "cd"}, "width": 8, "height": 8, "maps": []}"#,
    #"{"path": "d.png", "status": "failed", "error": "d.png: it is cut off."}"#,
  ]

  @Test("a line that is read is written again as it was", arguments: lines)
  func roundTrip(line: String) throws {
    let record = try #require(ExplanationRecord(json: line))
    #expect(record.json == line)
  }

  @Test(
    "a picture's own text names the model and says whether the picture is unlike the training data",
    arguments: [(true, "true"), (false, "false"), (nil, "null")] as [(Bool?, String)])
  func insidePicture(isUnlikeTraining: Bool?, text: String) throws {
    guard case .explained(let record)? = ExplanationRecord(json: Self.lines[0])?.outcome else {
      Issue.record("the line is no record")
      return
    }
    let json = record.maps[0].json(
      insidePictureBy: record.model, isUnlikeTraining: isUnlikeTraining)
    #expect(
      json.contains(
        #""model": {"file": "digits.onnx", "sha256": "ab"}, "unlike_training": \#(text), "sum""#))
    #expect(!json.contains("seconds"))
  }

  @Test("a line that was cut off is no record")
  func cutOff() {
    for line in Self.lines {
      for length in stride(from: 0, to: line.count - 1, by: 7) {
        #expect(ExplanationRecord(json: line.prefix(length)) == nil)
      }
    }
  }
}
