import FoundationEssentials
import ModelFiles
import Networks
import Tensors
import Testing

private let zooFolder = ProcessInfo.processInfo.environment["WHYLIGHT_MODEL_ZOO"]

/// Whole architectures, which are too large to commit: `fixtures/reference/models/compare_zoo.py`
/// makes them in a folder, has them run here, and compares.
///
/// For each `NAME.onnx` beside a `NAME.input` (floats of some samples) this writes `NAME.logits`,
/// `NAME.gradient`, the same without Winograd's method, and `NAME.written.onnx`.
@Suite(.enabled(if: zooFolder != nil)) struct ModelZooTests {
  static var names: [String] {
    guard let folder = zooFolder else { return [] }
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return files.filter { $0.hasSuffix(".input") }.map { String($0.dropLast(6)) }.sorted()
  }

  @Test(arguments: names)
  func runs(_ name: String) throws {
    let path = try #require(zooFolder) + "/" + name
    let clock = ContinuousClock()
    var loaded: Result<ModelFile, any Error>?
    let time = clock.measure { loaded = Result { try ModelFile(contentsOf: path + ".onnx") } }
    let model = try #require(try loaded?.get())
    let input = try floats(path + ".input")
    let count = model.inputShape.count
    let samples = stride(from: 0, to: input.count, by: count).map {
      Array(input[$0..<$0 + count])
    }
    let (logits, gradient) = try run(model, samples)
    try write(logits.flatMap { $0 }, path + ".logits")
    try write(gradient, path + ".gradient")
    try write(run(model, samples, allowsWinograd: false).gradient, path + ".direct.gradient")
    try model.write(to: path + ".written.onnx")
    print("\(name): loaded in \(time), \(model.graph.nodes.count) nodes")
  }

  private func floats(_ path: String) throws -> [Float] {
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
    return stride(from: 0, to: bytes.count, by: 4).map { at in
      Float(bitPattern: (0..<4).reduce(0) { $0 | UInt32(bytes[at + $1]) << UInt32(8 * $1) })
    }
  }

  private func write(_ values: [Float], _ path: String) throws {
    let bytes = values.flatMap { value in
      (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * $0)) }
    }
    try Data(bytes).write(to: URL(filePath: path))
  }
}
