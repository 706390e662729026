import ModelFiles
import Networks
import Tensors
import TestSupport
import Testing

@testable import Attribution

/// Scores of changed inputs are the same whether everything is computed or what changed, on every
/// model file of the tests.
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
    guard let trial = try Trial(path) else { return }
    let changes = trial.changes(0..<count)
    let whole = trial.logits { trial.session.evaluateWhole(changes, read: $0) }
    #expect(whole.count == count * (trial.grid.count + 1))
    let largest = whole.values.joined().reduce(0) { max($0, abs($1)) }
    func deviation(_ found: [SIMD2<Int>: [Float]]) -> Float {
      whole.reduce(0) { most, entry in
        zip(entry.value, found[entry.key] ?? []).reduce(most) { max($0, abs($1.0 - $1.1)) }
      }
    }
    if let plan = trial.session.model.recomputation() {
      for rule in [TileRule.whole, .reached] {
        let order = ChangeOrder(changes, trial.shape, plan, rule: rule)
        let found = trial.logits { trial.session.recompute(order, read: $0) }
        #expect(found.count == whole.count)
        switch rule {
        case .whole: #expect(found == whole)
        case .reached: #expect(deviation(found) <= 1e-6 * largest)
        }
      }
    }
    let chosen = trial.logits { trial.session.evaluate(changes, read: $0) }
    #expect(chosen.count == whole.count && deviation(chosen) <= 1e-6 * largest)
  }

  @Test(arguments: files, [TileRule.whole, .reached])
  func scoresDoNotDependOnTheInputsBeside(_ path: String, _ rule: TileRule) throws {
    guard let trial = try Trial(path), let plan = trial.session.model.recomputation() else {
      return
    }
    func logits(_ inputs: Range<Int>) -> [SIMD2<Int>: [Float]] {
      let order = ChangeOrder(trial.changes(inputs), trial.shape, plan, rule: rule)
      return trial.logits { trial.session.recompute(order, read: $0) }
    }
    let together = logits(0..<12)
    for (key, alone) in logits(3..<4) { #expect(together[SIMD2(3, key.y)] == alone) }
  }

  /// A model file with images to change.
  private struct Trial {
    let session: NetworkSession
    let shape: Shape
    let grid: WindowGrid
    private let images: [[Float]]
    private let cover: [Float]

    /// Nothing where the input is no image.
    init?(_ path: String) throws {
      let file = try ModelFile(contentsOf: path)
      shape = file.inputShape
      guard shape.rank == 3 else { return nil }
      session = NetworkSession(
        NetworkModel(
          file.graph, input: file.input, logits: file.logits, space: .unit(channels: shape[0])),
        workers: Workers(count: 2))
      var random = CounterRandom(seed: 4)
      let count = shape.count
      images = (0..<17).map { _ in (0..<count).map { _ in random.uniform() } }
      cover = (0..<count).map { _ in random.uniform() }
      let window = max(1, min(shape[1], shape[2]) / 4)
      grid = WindowGrid(height: shape[1], width: shape[2], window: window, stride: window)
    }

    func changes(_ inputs: Range<Int>) -> InputChanges {
      let (grid, cover) = (grid, cover)
      return InputChanges(
        Array(images[inputs]), counts: inputs.map { _ in grid.count }, sharePlaces: true
      ) { _, place in
        grid[place]
      } write: { _, place, patch in
        patch.copy(cover, grid[place])
      }
    }

    typealias Reader = (Int, Int?, LanesView, Int) -> Void

    /// All logits by input and change.
    func logits(_ evaluate: (Reader) -> Void) -> [SIMD2<Int>: [Float]] {
      var found: [SIMD2<Int>: [Float]] = [:]
      evaluate { input, change, logits, lane in
        found[SIMD2(input, change ?? -1)] = (0..<session.logitCount).map { logits[$0][lane] }
      }
      return found
    }
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
