public import Attribution
public import Imaging
public import ModelFiles
public import Tensors

/// Explains what a model says of pictures.
///
/// ```swift
/// let explainer = try Explainer(try ModelFile(contentsOf: "digits.onnx"), methods: ["occlusion"])
/// let picture = try ImageFile.read("seven.png").image
/// let explanation = try explainer.explain(picture)
/// print(explanation.answer.predictions[0].label, explanation.maps[0].attribution.sum)
/// ```
public struct Explainer: Sendable {
  public let model: ModelFile
  public let preparation: PicturePreparation
  public let methods: [MethodSpecification]
  public let settings: ExplainerSettings

  /// The network with the plans that its sessions share.
  public let network: NetworkModel
  private let resolver: TargetResolver
  private let reader: AnswerReader

  /// What is computed when nothing is asked for: a path method, one that only asks for scores, and
  /// a surrogate; those of them that the catalogue has.
  public static let defaultMethods = ["integrated-gradients", "occlusion", "lime"].filter { name in
    MethodCatalogue.all.contains { $0.name == name }
  }

  /// - Throws: ``MethodError``, ``PreparationError`` or ``TargetError`` if what is asked for makes no
  ///   sense for the model.
  public init(
    _ model: ModelFile, methods: [String] = Explainer.defaultMethods,
    settings: ExplainerSettings = ExplainerSettings(), kernels: KernelVariant = .best
  ) throws {
    self.model = model
    self.settings = settings
    self.methods = try methods.map { try settings.specification($0) }
    preparation = try PicturePreparation(model.inputShape, model.information.preparation)
    network = NetworkModel(
      model.graph, input: model.input, logits: model.logits, space: preparation.space,
      kernels: kernels)
    for method in self.methods {
      if case .graph(let method) = method.method { try method.check(network) }
    }
    resolver = try TargetResolver(
      settings.target, settings.outputKind, model.probability,
      labels: (0..<model.classCount).map(model.label))
    reader = AnswerReader(model)
  }

  /// How many targets each picture has.
  public var targetCount: Int { resolver.count }

  /// Explains one picture, on all threads of `workers`.
  ///
  /// - Throws: ``UnusableAnswer`` if the model has no finite numbers for it; what methods throw.
  public func explain(_ picture: Image, workers: Workers? = nil) throws -> Explanation {
    let prepared = preparation.prepare(picture)
    let session = NetworkSession(network, workers: workers)
    return try explain([prepared], on: session)[0].get()
  }

  /// Explains pictures side by side. Each explanation depends on its own picture alone, to the bit;
  /// a picture that the model has no finite numbers for is a failure by itself.
  public func explain(
    _ pictures: [PreparedPicture], on session: NetworkSession
  ) throws -> [Result<Explanation, UnusableAnswer>] {
    let answers = self.answers(pictures.map(\.values), on: session)
    let baselines = settings.baselineImage.map { [preparation.prepare($0).values] } ?? []
    var subjects: [Subject] = []
    var owners: [Int] = []
    for (picture, answer) in answers.enumerated() {
      guard case .success(let answer) = answer else { continue }
      for target in resolver.targets(answer) {
        subjects.append(Subject(values: pictures[picture].values, target: target))
        owners.append(picture)
      }
    }
    let segments = methods.contains(where: \.takesGivenSegments) ? settings.segments : nil
    let labelMaps = pictures.map { segments?.placed($0.placement) }
    var maps: [[ExplainedMap]] = pictures.map { _ in [] }
    for method in methods {
      // Pictures that are cut differently are explained one by one.
      let batch = method.takesGivenSegments ? 1 : method.method.method.preferredBatch
      for start in stride(from: 0, to: subjects.count, by: batch) {
        let some = start..<min(start + batch, subjects.count)
        let clock = ContinuousClock()
        let begin = clock.now
        let attributions = try method.attribute(
          Array(subjects[some]), on: session, seed: settings.seed, baselines: baselines,
          labelMap: method.takesGivenSegments ? labelMaps[owners[start]] : nil)
        let seconds = begin.duration(to: clock.now) / .seconds(1) / Double(some.count)
        for (index, attribution) in zip(some, attributions) {
          let answer = try answers[owners[index]].get()
          maps[owners[index]].append(
            ExplainedMap(
              attribution: attribution, method: method.description,
              score: attribution.record.target.score(answer), seconds: seconds))
        }
      }
    }
    return pictures.indices.map { picture in
      answers[picture].map {
        Explanation(prepared: pictures[picture], answer: $0, maps: maps[picture])
      }
    }
  }

  /// What the model says of inputs, sixteen side by side.
  private func answers(
    _ inputs: [[Float]], on session: NetworkSession
  ) -> [Result<PictureAnswer, UnusableAnswer>] {
    var answers: [Result<PictureAnswer, UnusableAnswer>] = []
    session.evaluate(groups: (inputs.count + laneCount - 1) / laneCount) { group, view in
      for lane in 0..<laneCount {
        view.setSample(lane, to: inputs[min(group * laneCount + lane, inputs.count - 1)])
      }
    } read: { group, logits in
      for lane in 0..<min(laneCount, inputs.count - group * laneCount) {
        answers.append(
          reader.answer(logits.sample(lane), to: inputs[group * laneCount + lane]))
      }
    }
    return answers
  }
}

extension MethodSpecification {
  /// Whether it switches segments that are given with each picture.
  fileprivate var takesGivenSegments: Bool {
    settings.contains { $0.name == "segmenter" && $0.value == .word("given") }
  }
}
