public import Attribution
public import Imaging
public import ModelFiles
import Segmentation
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

  /// The picture that is compared with, as an input, if one is given.
  private let baselines: [[Float]]
  private let resolver: TargetResolver
  private let reader: AnswerReader

  /// What is computed when nothing is asked for: a path method, one that only asks for scores, and
  /// a surrogate; those of them that the catalogue has.
  public static let defaultMethods = ["integrated-gradients", "occlusion", "lime"].filter { name in
    MethodCatalogue.all.contains { $0.name == name }
  }

  /// - Throws: ``MethodError``, ``PreparationError`` or ``TargetError`` if what is asked for makes no
  ///   sense for the model, ``ModelFileError`` if that is no classifier.
  public init(
    _ model: ModelFile, methods: [String] = Explainer.defaultMethods,
    settings: ExplainerSettings = ExplainerSettings(), kernels: KernelVariant = .best
  ) throws {
    try model.requireClassifier()
    self.model = model
    self.settings = settings
    self.methods = try methods.map { try settings.specification($0) }
    preparation = try PicturePreparation(model.inputShape, model.information.preparation)
    let baseline = settings.baselineImage.map(preparation.prepare)
    baselines = baseline.map { [$0.values] } ?? []
    network = NetworkModel(
      model.graph, input: model.input, logits: model.logits, space: preparation.space,
      kernels: kernels)
    resolver = try TargetResolver(
      settings.target, settings.outputKind, model.probability,
      labels: (0..<model.classCount).map(model.label))
    reader = AnswerReader(model)
    let segments = settings.segments?.leastPlaced(preparation)
    for method in self.methods {
      try method.check(
        network, explaining: resolver.example, baselines: baselines, labelMap: segments)
    }
  }

  /// How many targets each picture has.
  public var targetCount: Int { resolver.count }

  /// Whether any method switches the segments of the settings.
  public var usesSegments: Bool { methods.contains(where: \.takesGivenSegments) }

  /// Whether any method compares with the baseline of the settings.
  public var usesBaseline: Bool {
    methods.contains { method in
      settings.commonBaseline.contains { method.holds($0.name, $0.word) }
    }
  }

  /// Explains one picture, on all threads of `workers`.
  ///
  /// - Throws: ``ExplanationProblem`` if it cannot be explained; what methods throw for all pictures.
  public func explain(_ picture: Image, workers: Workers? = nil) throws -> Explanation {
    let prepared = preparation.prepare(picture)
    let session = NetworkSession(network, workers: workers)
    return try explain([prepared], on: session)[0].get()
  }

  /// Explains pictures side by side. Each explanation depends on its own picture alone, to the bit;
  /// a picture that the model has no finite numbers for, or that asks too much of a method, is a
  /// failure by itself.
  public func explain(
    _ pictures: [PreparedPicture], on session: NetworkSession
  ) throws -> [Result<Explanation, ExplanationProblem>] {
    let answers = self.answers(pictures.map(\.values), on: session)
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
    var problems: [MethodError?] = pictures.map { _ in nil }
    for method in methods {
      let open = subjects.indices.filter { problems[owners[$0]] == nil }
      // Pictures that are cut differently are explained one by one.
      let batch = method.takesGivenSegments ? 1 : method.method.method.preferredBatch
      for start in stride(from: 0, to: open.count, by: batch) {
        let some = open[start..<min(start + batch, open.count)]
        let clock = ContinuousClock()
        let begin = clock.now
        let attributions = try attributions(
          method, some.map { subjects[$0] }, on: session,
          method.takesGivenSegments ? labelMaps[owners[open[start]]] : nil)
        let seconds = begin.duration(to: clock.now) / .seconds(1) / Double(some.count)
        for (index, attribution) in zip(some, attributions) {
          let owner = owners[index]
          switch attribution {
          case .failure(let error): problems[owner] = error
          case .success(let attribution):
            maps[owner].append(
              ExplainedMap(
                attribution: attribution, method: method.description,
                score: attribution.record.target.score(try answers[owner].get()),
                seconds: seconds))
          }
        }
      }
    }
    return pictures.indices.map { picture in
      switch (answers[picture], problems[picture]) {
      case (.failure(let problem), _): .failure(.notAnswered(problem))
      case (.success, let error?): .failure(.notExplained(error))
      case (.success(let answer), nil):
        .success(
          Explanation(prepared: pictures[picture], answer: answer, maps: maps[picture]))
      }
    }
  }

  /// A method's attributions; where one subject asks too much of it, each by itself.
  private func attributions(
    _ method: MethodSpecification, _ subjects: [Subject], on session: NetworkSession,
    _ labelMap: LabelMap?
  ) throws -> [Result<Attribution, MethodError>] {
    do {
      return try method.attribute(
        subjects, on: session, seed: settings.seed, baselines: baselines, labelMap: labelMap
      ).map { .success($0) }
    } catch let error as MethodError where error.concernsInput {
      guard subjects.count > 1 else { return [.failure(error)] }
      return try subjects.flatMap {
        try attributions(method, [$0], on: session, labelMap)
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
  fileprivate var takesGivenSegments: Bool { holds("segmenter", "given") }

  fileprivate func holds(_ setting: String, _ word: String) -> Bool {
    settings.contains { $0.name == setting && $0.value == .word(word) }
  }
}
