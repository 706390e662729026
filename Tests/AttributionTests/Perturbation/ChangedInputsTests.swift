import ModelFiles
import Tensors
import TestSupport
import Testing

@testable import Attribution

/// Scores of changed inputs have the same bits whether everything is computed or what changed, on
/// every model file of the tests.
@Suite struct ChangedInputsTests {
  static let files: [String] = {
    let folder = Fixtures.path("reference/models")
    let names = (try? Fixtures.names(in: "reference/models")) ?? []
    return names.filter { $0.hasSuffix(".onnx") }.map { folder + "/" + $0 }
      + [Fixtures.repository + "/models/digits.onnx"]
  }()

  @Test(arguments: files, [1, 17]) func recomputedScoresAreTheWholeOnes(
    _ path: String, _ count: Int
  ) throws {
    let file = try ModelFile(contentsOf: path)
    let shape = file.inputShape
    guard shape.rank == 3 else { return }
    let model = NetworkModel(
      file.graph, input: file.input, logits: file.logits, space: .unit(channels: shape[0]))
    var random = CounterRandom(seed: 4)
    let images = (0..<count).map { _ in (0..<shape.count).map { _ in random.uniform() } }
    let cover = (0..<shape.count).map { _ in random.uniform() }
    let window = max(1, min(shape[1], shape[2]) / 4)
    let grid = WindowGrid(height: shape[1], width: shape[2], window: window, stride: window)
    let changes = InputChanges(
      images, counts: images.map { _ in grid.count }, sharePlaces: true
    ) { _, place in
      grid[place]
    } write: { _, place, patch in
      patch.copy(cover, grid[place])
    }
    let session = NetworkSession(model, workers: Workers(count: 2))
    let whole = logits(changes, count: session.logitCount) {
      session.evaluateWhole(changes, read: $0)
    }
    if let plan = model.recomputation() {
      let order = ChangeOrder(changes, shape, plan)
      let recomputed = logits(changes, count: session.logitCount) {
        session.recompute(order, read: $0)
      }
      #expect(whole == recomputed)
    }
    let chosen = logits(changes, count: session.logitCount) {
      session.evaluate(changes, read: $0)
    }
    #expect(whole == chosen)
    #expect(whole.count == count * (grid.count + 1))
  }

  private typealias Reader = (Int, Int?, LanesView, Int) -> Void

  /// All logits by input and change.
  private func logits(
    _ changes: InputChanges, count: Int, _ evaluate: (Reader) -> Void
  ) -> [SIMD2<Int>: [Float]] {
    var found: [SIMD2<Int>: [Float]] = [:]
    evaluate { input, change, logits, lane in
      found[SIMD2(input, change ?? -1)] = (0..<count).map { logits[$0][lane] }
    }
    return found
  }

  @Test func thereAreModelsThatSaveWork() throws {
    let saving = try Self.files.filter { path in
      let file = try ModelFile(contentsOf: path)
      let model = NetworkModel(
        file.graph, input: file.input, logits: file.logits, space: .unit(channels: 1))
      return model.recomputation() != nil
    }
    #expect(saving.count > Self.files.count / 2, "\(saving)")
  }
}
