public import Networks
public import Tensors

/// Trains a network on a data set.
///
/// The same settings and data give the same bytes at any number of threads: random numbers are
/// functions of seed, epoch and sample, and every sum has a fixed order.
public final class Trainer {
  public let settings: TrainingSettings
  private let training: DataSet
  private let validation: DataSet?
  private let workers: Workers
  private let kernels: KernelVariant
  private let run: BatchRun
  private let input: Graph.ValueID
  private let output: Graph.ValueID
  private let feeders: [GroupFeeder]
  private let loss: SoftmaxCrossEntropy
  private var weights: PlanWeights
  private let flat: FlatParameters
  private let gradientParts: [GradientPart]
  private let pieceNorms: AlignedFloats

  private let memories: [AlignedFloats]
  private let average: WeightAverage?
  private var best: WeightSnapshot?
  private var state = TrainingState()

  /// The network with the weights as they are being learned.
  private var graph: Graph

  /// Prepares training of `graph`, whose parameters have their first values, and whose only input
  /// and output are a sample and the logits.
  public init(
    _ graph: Graph, training: DataSet, validation: DataSet?, settings: TrainingSettings,
    workers: Workers, kernels: KernelVariant = .best
  ) throws(PlanError) {
    precondition(
      graph.inputs.count == 1 && graph.outputs.count == 1 && training.count > 0,
      "\(graph.inputs.count) inputs, \(graph.outputs.count) outputs, \(training.count) samples")
    self.settings = settings
    self.training = training
    self.validation = validation
    self.workers = workers
    self.kernels = kernels
    self.graph = graph
    input = graph.inputs[0]
    output = graph.outputs[0]
    var request = PlanRequest(graph).forTraining(graph)
    request.kernels = kernels
    let plan = try Plan(graph, request)
    let batch = min(settings.batchSize, training.count)
    run = BatchRun(plan, capacity: batch, workers: workers)
    weights = plan.weights(of: graph)
    feeders = (0..<BatchRun.groupCount(batch)).map { _ in
      GroupFeeder(training.shape, settings.augmentation)
    }
    loss = SoftmaxCrossEntropy(
      labelSmoothing: settings.labelSmoothing,
      classWeights: settings.balancesClasses ? Self.balance(training) : [])
    flat = FlatParameters(graph)
    gradientParts = flat.pieces.map(\.gradient)
    pieceNorms = AlignedFloats(count: flat.pieces.count)
    let count = flat.values.count
    memories = (0..<settings.optimizer.memoryCount).map { _ in AlignedFloats(count: count) }
    let first = WeightSnapshot(values: flat.values.array, statistics: flat.statistics(of: graph))
    average = settings.averaging == nil ? nil : WeightAverage(first)
  }

  private static func balance(_ data: DataSet) -> [Float] {
    let counts = data.classCounts
    return counts.map { Float(data.count) / Float(counts.count) / Float(max(1, $0)) }
  }

  /// Whether there is anything left to do.
  public var isFinished: Bool {
    if state.epoch >= settings.epochs { return true }
    guard let patience = settings.patience else { return false }
    return state.epochsSinceBest >= patience
  }

  /// The records of the epochs so far.
  public var history: [EpochRecord] { state.history }

  /// The network as it came out so far: averaged, or of the best epoch, if the settings say so.
  public var result: Graph {
    var result = graph
    flat.store(settings.patience == nil ? current : best ?? current, to: &result)
    return result
  }

  /// The weights now, averaged if the settings say so.
  private var current: WeightSnapshot {
    average?.snapshot
      ?? WeightSnapshot(values: flat.values.array, statistics: flat.statistics(of: graph))
  }

  /// Trains one epoch. If `shouldStop` becomes true meanwhile, the epoch does not count and nothing
  /// is returned; the trainer is of no more use then, the last checkpoint is.
  public func trainEpoch(
    shouldStop: () -> Bool = { false }, progress: (TrainingEvent) -> Void = { _ in }
  ) -> EpochRecord? {
    let epoch = state.epoch + 1
    progress(.epochBegan(epoch: epoch, of: settings.epochs))
    let start = ContinuousClock.now
    var random = CounterRandom(seed: settings.seed, Purpose.order, UInt32(epoch))
    let order = random.permutation(of: training.count)
    let batches = (order.count + settings.batchSize - 1) / settings.batchSize
    var sum = RunningLoss()
    var rate: Float = 0
    for batch in 0..<batches {
      if shouldStop() { return nil }
      let first = batch * settings.batchSize
      let chosen = order[first..<min(first + settings.batchSize, order.count)]
      rate =
        settings.learningRate
        * settings.schedule.factor(
          step: state.step, total: batches * settings.epochs, stepsPerEpoch: batches)
      sum.add(learn(chosen, epoch: epoch, batch: batch, rate: rate))
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      let done = Double(batch + 1) / Double(batches)
      progress(
        .batchEnded(
          BatchProgress(
            epoch: epoch, batch: batch + 1, batches: batches, loss: sum.mean,
            accuracy: Double(sum.right) / Double(chosen.endIndex),
            imagesPerSecond: Double(chosen.endIndex) / seconds,
            secondsLeft: seconds / done * (Double(settings.epochs - epoch + 1) - done))))
    }
    var record = EpochRecord(
      epoch: epoch, learningRate: rate, trainingLoss: sum.mean,
      trainingAccuracy: Double(sum.right) / Double(order.count), seconds: 0)
    validate(&record)
    record.seconds = (ContinuousClock.now - start) / .seconds(1)
    if state.finish(record) && settings.patience != nil { best = current }
    progress(.epochEnded(record))
    return record
  }

  /// One batch: forward, backward, step.
  private func learn(_ chosen: ArraySlice<Int>, epoch: Int, batch: Int, rate: Float) -> RunningLoss
  {
    var random = CounterRandom(
      seed: settings.seed, Purpose.layers, UInt32(epoch), UInt32(batch))
    let (data, feeders, input, output, loss) = (training, feeders, input, output, loss)
    let (samples, seed) = (Array(chosen), settings.seed)
    let labels = samples.map { data.labels[$0] }
    @Sendable func part(_ context: GroupContext) -> Range<Int> {
      context.firstSample..<context.firstSample + context.activeLanes
    }
    run.forward(weights, samples: samples.count, seed: random.next()) { workspace, context in
      feeders[context.firstSample / laneCount].fill(
        workspace[input], data, samples[part(context)], seed: seed, epoch: epoch)
    }
    let normalizer = loss.normalizer(labels: labels)
    run.backward(weights) { workspace, context in
      feeders[context.firstSample / laneCount].seed(
        workspace[output].readOnly, workspace.gradient(of: output), labels: labels[part(context)],
        loss, normalizer: normalizer)
    }
    step(rate)
    var sum = RunningLoss(weight: normalizer)
    for feeder in feeders.prefix(BatchRun.groupCount(samples.count)) { sum.add(feeder.result) }
    return sum
  }

  /// Changes the parameters by the gradients of the last batch.
  private func step(_ rate: Float) {
    run.sumGradients(gradientParts, into: flat.gradients)
    state.step += 1
    let step = OptimizerStep(
      rate: rate, penalty: settings.penalty, number: state.step, gradientFactor: clipFactor())
    let (optimizer, flat, memories, average) = (settings.optimizer, flat, memories, average)
    let kept = min(settings.averaging ?? 0, Float(state.step + 1) / Float(state.step + 10))
    workers.forEach(flat.pieces.count) { _, index in
      let piece = flat.pieces[index]
      var own = step
      if !piece.isPenalized { own.penalty = Penalty() }
      optimizer.apply(
        own, range: piece.range, parameters: flat.values, gradients: flat.gradients,
        memories: memories)
      average?.move(towards: flat.values, piece.range, kept: kept)
    }
    flat.store(to: &graph)
    run.updateStatistics(of: &graph)
    average?.move(towardsStatistics: flat.statistics(of: graph), kept: kept)
    run.plan.update(&weights, from: graph, workers: workers)
  }

  private func clipFactor() -> Float {
    guard let limit = settings.clipNorm else { return 1 }
    let (flat, norms) = (flat, pieceNorms)
    workers.forEach(flat.pieces.count) { _, index in
      let sum = flat.gradients.sumOfSquares(flat.pieces[index].range)
      unsafe norms.pointer[index] = sum
    }
    let norm = norms.array.reduce(0.0) { $0 + Double($1) }.squareRoot()
    return norm > Double(limit) ? Float(Double(limit) / norm) : 1
  }

  private func validate(_ record: inout EpochRecord) {
    guard let validation else { return }
    var candidate = graph
    flat.store(current, to: &candidate)
    guard let scores = try? Scores(candidate, validation, workers: workers, kernels: kernels)
    else { return }
    record.validationLoss = scores.meanLoss
    record.validationAccuracy = scores.accuracy
  }
}

// MARK: - Checkpoints

extension Trainer {
  /// All that the next epoch depends on.
  public var checkpoint: Checkpoint {
    var vectors = memories.map(\.array)
    if let average { vectors += [average.snapshot.values, average.snapshot.statistics] }
    if settings.patience != nil {
      let best = best ?? current
      vectors += [best.values, best.statistics]
    }
    return Checkpoint(
      settings: settings.json, network: Checkpoint.description(of: graph), state: state,
      weights: WeightSnapshot(values: flat.values.array, statistics: flat.statistics(of: graph)),
      vectors: vectors)
  }

  /// Goes on where a checkpoint was made, to the same bytes as if nothing had come between.
  ///
  /// The settings have to be the same.
  public func resume(_ checkpoint: Checkpoint) throws(CheckpointError) {
    guard checkpoint.network == Checkpoint.description(of: graph) else { throw .otherNetwork }
    guard checkpoint.settings == settings.json else {
      throw .otherSettings(found: checkpoint.settings, expected: settings.json)
    }
    let own = self.checkpoint
    guard checkpoint.vectors.map(\.count) == own.vectors.map(\.count),
      checkpoint.weights.values.count == own.weights.values.count,
      checkpoint.weights.statistics.count == own.weights.statistics.count
    else { throw .otherNetwork }
    state = checkpoint.state
    flat.values.assign(checkpoint.weights.values)
    flat.store(checkpoint.weights, to: &graph)
    var vectors = checkpoint.vectors[...]
    for (memory, vector) in zip(memories, vectors) { memory.assign(vector) }
    vectors = vectors.dropFirst(memories.count)
    if let average {
      average.values.assign(vectors[vectors.startIndex])
      average.statistics.assign(vectors[vectors.startIndex + 1])
      vectors = vectors.dropFirst(2)
    }
    if settings.patience != nil {
      best = WeightSnapshot(
        values: vectors[vectors.startIndex], statistics: vectors[vectors.startIndex + 1])
    }
    run.plan.update(&weights, from: graph, workers: workers)
  }
}
