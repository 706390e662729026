public import Networks
public import Tensors

/// What a network says of every sample of a data set.
public struct Scores: Sendable {
  public let classCount: Int
  public let labels: [Int]

  /// Sample by sample, a logit for each class.
  public let logits: [Float]

  /// How the classes' probabilities follow from their logits.
  public let probability: ClassProbability

  /// Runs the network, whose only input is a sample, over the data.
  ///
  /// - Parameter output: the logits; nothing stands for the network's only output.
  /// - Parameter prepare: what is done to the numbers of a sample, which are 0 to 1, before the
  ///   network gets them.
  public init(
    _ graph: Graph, output: Graph.ValueID? = nil, probability: ClassProbability = .softmax,
    _ data: DataSet, workers: Workers, kernels: KernelVariant = .best,
    prepare: @Sendable (inout [Float]) -> Void = { _ in }
  ) throws(PlanError) {
    let (input, output) = (graph.inputs[0], output ?? graph.outputs[0])
    var request = PlanRequest(provided: [input], outputs: [output])
    request.kernels = kernels
    let plan = try Plan(graph, request)
    let weights = plan.weights(of: graph)
    let runner = GroupRunner(plan, workers: workers)
    let classes = graph[output].shape.count
    let count = data.shape.count
    let results = AlignedFloats(count: data.count * classes)
    runner.forEachGroup(BatchRun.groupCount(data.count)) { workspace, group in
      let first = group * laneCount
      let active = min(laneCount, data.count - first)
      var samples = Array(repeating: Float(0), count: laneCount * count)
      for lane in 0..<active { data.load(first + lane, into: &samples, at: lane * count) }
      prepare(&samples)
      workspace[input].interleave(samples, count: active)
      workspace.forward(weights, group: GroupContext(activeLanes: active, firstSample: first))
      let view = workspace[output]
      for k in 0..<classes {
        let lanes = view[k]
        for lane in 0..<active {
          unsafe results.pointer[(first + lane) * classes + k] = lanes[lane]
        }
      }
    }
    classCount = classes
    labels = data.labels
    logits = results.array
    self.probability = probability
  }

  /// Scores from elsewhere.
  public init(
    classCount: Int, labels: [Int], logits: [Float], probability: ClassProbability = .softmax
  ) {
    precondition(
      logits.count == labels.count * classCount,
      "\(logits.count) logits for \(labels.count) samples of \(classCount) classes")
    self.classCount = classCount
    self.labels = labels
    self.logits = logits
    self.probability = probability
  }
}

extension Scores {
  public var count: Int { labels.count }

  /// The logits of a sample.
  public func logits(of sample: Int) -> ArraySlice<Float> {
    logits[sample * classCount..<(sample + 1) * classCount]
  }

  /// The class with the largest logit; of equal ones the first.
  public func answer(_ sample: Int) -> Int {
    let own = logits(of: sample)
    var best = own.startIndex
    for i in own.indices where own[i] > own[best] { best = i }
    return best - own.startIndex
  }

  /// The samples with a logit that is NaN or infinite: nothing can be measured of them.
  public var unusableSamples: [Int] {
    labels.indices.filter { logits(of: $0).contains { !$0.isFinite } }
  }

  /// For each sample, its largest logit: low where nothing the network knows is to be seen.
  public var largestLogits: [Float] { labels.indices.map { logits(of: $0).max() ?? 0 } }

  public func isRight(_ sample: Int) -> Bool { answer(sample) == labels[sample] }

  public var rightCount: Int { labels.indices.reduce(0) { $0 + (isRight($1) ? 1 : 0) } }
  public var accuracy: Double { Double(rightCount) / Double(max(1, count)) }

  /// The probabilities of a sample's classes.
  public func probabilities(of sample: Int) -> [Double] {
    probability.probabilities(of: logits(of: sample).map(Double.init))
  }

  /// The cross-entropy of a sample.
  public func loss(of sample: Int) -> Double {
    probability.surprise(at: labels[sample], of: logits(of: sample).map(Double.init))
  }

  /// The mean cross-entropy, without smoothing or class weights.
  public var meanLoss: Double {
    labels.indices.reduce(0) { $0 + loss(of: $1) } / Double(max(1, count))
  }
}
