import Imaging
public import ModelFiles
import Networks
public import Tensors

/// What a model says of picture files.
public struct PictureClassifier: Sendable {
  private let model: ModelFile
  private let preparation: PicturePreparation
  private let runner: GroupRunner
  private let weights: PlanWeights
  private let reader: AnswerReader

  /// Plans the way from pictures to logits.
  ///
  /// - Throws: ``ModelFileError``, ``PreparationError`` or ``PlanError`` if the model is no classifier,
  ///   does not eat pictures or cannot run.
  public init(
    _ model: ModelFile, workers: Workers, kernels: KernelVariant = .best
  ) throws {
    try model.requireClassifier()
    self.model = model
    preparation = try PicturePreparation(model.inputShape, model.information.preparation)
    var request = PlanRequest(provided: [model.input], outputs: [model.logits])
    request.kernels = kernels
    let plan = try Plan(model.graph, request)
    weights = plan.weights(of: model.graph)
    runner = GroupRunner(plan, workers: workers)
    reader = AnswerReader(model)
  }

  /// The answers to pictures, in their order; one that cannot be read, or that the model has no
  /// numbers for, is a failure by itself.
  public func answers(to paths: [String]) -> [Result<PictureAnswer, PictureProblem>] {
    let preparation = preparation
    let prepared = runner.workers.map(paths.count) { index in
      Result { () throws(ImageFileError) in
        try ImageFile.read(paths[index], options: preparation.decoding)
      }.map { preparation.prepare($0).values }
    }
    let readable = prepared.indices.filter { (try? prepared[$0].get()) != nil }
    let groups = BatchRun.groupCount(readable.count)
    let logits = AlignedFloats(count: readable.count * model.classCount)
    let (model, weights) = (self.model, self.weights)
    runner.forEachGroup(groups) { workspace, group in
      let members = readable[group * laneCount..<min((group + 1) * laneCount, readable.count)]
      for (lane, index) in members.enumerated() {
        guard case .success(let values) = prepared[index] else { continue }
        workspace[model.input].setSample(lane, to: values)
      }
      workspace.forward(weights, group: GroupContext(activeLanes: members.count))
      for lane in 0..<members.count {
        let place = (members.startIndex + lane) * model.classCount
        for (k, value) in workspace[model.logits].readOnly.sample(lane).enumerated() {
          unsafe logits.pointer[place + k] = value
        }
      }
    }
    var next = 0
    return zip(paths, prepared).map { path, result in
      result.mapError(PictureProblem.notRead).flatMap { values in
        defer { next += 1 }
        let own = (0..<model.classCount).map { logits[next * model.classCount + $0] }
        return reader.answer(own, to: values).mapError { .notAnswered(path: path, $0) }
      }
    }
  }
}
