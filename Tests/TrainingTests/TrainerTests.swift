import Networks
import Tensors
import Testing

@testable import Training

@Suite("Training")
struct TrainerTests {
  /// A small net with everything whose sums and random numbers could depend on threads.
  private static let everything =
    "conv 4 3x3, norm, relu, pool 2, residual(conv 6 3x3, norm), relu, dropout 0.2, dense classes"

  private func drawn(_ count: Int, seed: UInt64) throws -> DataSet {
    var options = DataSetOptions()
    options.drawnCount = count
    options.drawnSeed = seed
    return try DataSet.open("synthetic", options: options, workers: Workers(count: 2)).data
  }

  private func trainer(
    _ data: DataSet, _ layers: String, _ settings: TrainingSettings, threads: Int = 2
  ) throws -> Trainer {
    let graph = try Architecture(presetOrText: layers)
      .graph(input: data.shape, classes: data.classes.count, seed: settings.seed)
    let (training, validation) = try data.split(validation: 0.2, seed: 1)
    return try Trainer(
      graph, training: training, validation: validation, settings: settings,
      workers: Workers(count: threads))
  }

  private var smallSettings: TrainingSettings {
    var settings = TrainingSettings()
    settings.epochs = 3
    settings.batchSize = 40
    settings.averaging = 0.9
    settings.clipNorm = 1
    settings.patience = 3
    settings.labelSmoothing = 0.05
    settings.balancesClasses = true
    settings.penalty.decay = 0.01
    settings.augmentation = .handwriting
    settings.schedule = LearningRateSchedule(.oneCycle())
    return settings
  }

  @Test("a network learns drawn digits and recognises 98 % of unseen ones in four epochs")
  func learns() throws {
    var settings = TrainingSettings()
    settings.epochs = 4
    settings.learningRate = 0.005
    settings.schedule = LearningRateSchedule(.oneCycle())
    let trainer = try trainer(try drawn(2500, seed: 1), "lenet", settings)
    while !trainer.isFinished { _ = trainer.trainEpoch() }
    let unseen = try Scores(trainer.result, try drawn(1000, seed: 2), workers: Workers(count: 2))
    #expect(unseen.accuracy >= 0.98)
  }

  @Test("ten images are learned by heart")
  func overfits() throws {
    let data = try drawn(10, seed: 3)
    var settings = TrainingSettings()
    settings.epochs = 120
    settings.batchSize = 10
    settings.learningRate = 0.01
    let graph = try Architecture(presetOrText: "lenet").graph(
      input: data.shape, classes: 10, seed: 1)
    let trainer = try Trainer(
      graph, training: data, validation: nil, settings: settings, workers: Workers(count: 1))
    while !trainer.isFinished { _ = trainer.trainEpoch() }
    #expect(try #require(trainer.history.last).trainingLoss < 1e-3)
  }

  @Test("any number of threads gives the same bytes", arguments: [1, 3])
  func threads(_ count: Int) throws {
    let data = try drawn(150, seed: 4)
    #expect(try outcome(data, threads: count) == outcome(data, threads: 2))
  }

  private func outcome(_ data: DataSet, threads: Int) throws -> Checkpoint {
    let trainer = try trainer(data, Self.everything, smallSettings, threads: threads)
    while !trainer.isFinished { _ = trainer.trainEpoch() }
    return trainer.checkpoint.withoutTimes
  }

  @Test("a resumed run ends in the same bytes as an uninterrupted one")
  func resumes() throws {
    let data = try drawn(150, seed: 4)
    let first = try trainer(data, Self.everything, smallSettings)
    _ = first.trainEpoch()
    let saved = first.checkpoint.bytes
    // Interrupted in the middle of the second epoch.
    var batches = 0
    let stopped = first.trainEpoch(shouldStop: {
      batches += 1
      return batches > 2
    })
    #expect(stopped == nil)
    let second = try trainer(data, Self.everything, smallSettings)
    try second.resume(Checkpoint(bytes: saved))
    while !second.isFinished { _ = second.trainEpoch() }
    #expect(try second.checkpoint.withoutTimes == outcome(data, threads: 2))
  }

  @Test("a checkpoint that is not one, is damaged, or belongs to something else is refused")
  func refusesCheckpoints() throws {
    let data = try drawn(60, seed: 4)
    let own = try trainer(data, Self.everything, smallSettings)
    var bytes = own.checkpoint.bytes
    #expect(throws: CheckpointError.notACheckpoint) { try Checkpoint(bytes: [1, 2, 3]) }
    #expect(throws: CheckpointError.damaged) { try Checkpoint(bytes: Array(bytes.dropLast())) }
    bytes[bytes.count / 2] ^= 4
    #expect(throws: CheckpointError.damaged) { try Checkpoint(bytes: bytes) }
    let other = try trainer(data, "logistic", smallSettings)
    #expect(throws: CheckpointError.otherNetwork) { try own.resume(other.checkpoint) }
    var settings = smallSettings
    settings.learningRate = 0.5
    let changed = try trainer(data, Self.everything, settings)
    #expect(throws: CheckpointError.self) { try own.resume(changed.checkpoint) }
  }
}

extension Checkpoint {
  /// Time is the one thing that two runs may differ in.
  fileprivate var withoutTimes: Checkpoint {
    var state = state
    for i in state.history.indices { state.history[i].seconds = 0 }
    return Checkpoint(
      settings: settings, network: network, state: state, weights: weights, vectors: vectors)
  }
}
