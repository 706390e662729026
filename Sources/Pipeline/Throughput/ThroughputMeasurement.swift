public import Attribution
public import Networks
public import Tensors
import Training

/// Repeats work on prepared inputs for a while, on all threads, and counts.
public struct ThroughputMeasurement: Sendable {
  private let model: NetworkModel
  private let inputs: [[Float]]
  private let workers: Workers

  public init(_ model: NetworkModel, inputs: [[Float]], workers: Workers) {
    precondition(!inputs.isEmpty, "nothing to measure on")
    self.model = model
    self.inputs = inputs
    self.workers = workers
  }

  /// Forward only, sixteen images at a time.
  public func classify(seconds: Double) -> Throughput {
    let blocks = inputs.blocks(of: laneCount)
    let sessions = WorkerSessions(model, workers)
    return measure(seconds) {
      workers.forEach(blocks.count) { worker, index in
        let block = blocks[index]
        sessions[worker].evaluate(groups: 1) { _, view in
          for (lane, input) in block.enumerated() { view.setSample(lane, to: input) }
        } read: { _, _ in
        }
      }
      return inputs.count
    }
  }

  /// A method, each thread with images of its own, explaining each image's highest logit.
  public func attribute(_ method: MethodSpecification, seconds: Double) throws -> Throughput {
    let sessions = WorkerSessions(model, workers)
    let subjects = zip(inputs, topClasses(sessions[0])).map {
      Subject(values: $0, target: .logit($1))
    }
    let blocks = subjects.blocks(of: method.method.method.preferredBatch)
    // Once on the first images, to see whether the model suits the method.
    _ = try method.attribute(blocks[0], on: sessions[0], seed: 0)
    let tally = Tally(blocks.count)
    let throughput = measure(seconds) {
      workers.forEach(blocks.count) { worker, index in
        tally[index] = Result {
          try method.attribute(blocks[index], on: sessions[worker], seed: 0)
            .reduce(0) { $0 + $1.record.forwardEvaluations + $1.record.backwardEvaluations }
        }
      }
      return tally.sum
    }
    try tally.rethrow()
    return throughput
  }

  /// Training: batches of 64, Adam, labels at random, no augmentation.
  public func train(seconds: Double) throws(PlanError) -> Throughput {
    // Enough batches that the work between two epochs does not count.
    let count = max(1024, inputs.count)
    var random = CounterRandom(seed: 0)
    let classes = model.graph[model.logits].shape.count
    let data = DataSet(
      shape: model.graph[model.input].shape, classes: (0..<classes).map(String.init),
      labels: (0..<count).map { _ in random.below(classes) },
      bytes: (0..<count).flatMap { index in
        inputs[index % inputs.count].map { UInt8(min(max($0, 0), 1) * 255) }
      })
    let trainer = try Trainer(
      model.graph, training: data, validation: nil, settings: TrainingSettings(),
      workers: workers, kernels: model.kernels)
    return measure(seconds, images: count) {
      _ = trainer.trainEpoch()
      // A forward and a backward that costs as much twice: input and weight gradients.
      return 3 * count
    }
  }

  private func topClasses(_ session: NetworkSession) -> [Int] {
    var classes: [Int] = []
    let inputs = inputs
    session.evaluate(groups: (inputs.count + laneCount - 1) / laneCount) { group, view in
      for (lane, input) in inputs.dropFirst(group * laneCount).prefix(laneCount).enumerated() {
        view.setSample(lane, to: input)
      }
    } read: { group, logits in
      for lane in 0..<min(laneCount, inputs.count - group * laneCount) {
        let scores = logits.sample(lane)
        classes.append(scores.indices.max { scores[$0] < scores[$1] } ?? 0)
      }
    }
    return classes
  }

  /// Repeats a round over all images, which returns its evaluations, until the time is over; a
  /// first round is not counted.
  private func measure(
    _ seconds: Double, images: Int? = nil, _ round: () -> Int
  ) -> Throughput {
    _ = round()
    let clock = ContinuousClock()
    let start = clock.now
    let limit = Duration.seconds(seconds)
    var rounds = 0
    var evaluations = 0
    repeat {
      evaluations += round()
      rounds += 1
    } while start.duration(to: clock.now) < limit
    return Throughput(
      images: rounds * (images ?? inputs.count),
      seconds: start.duration(to: clock.now) / .seconds(1),
      evaluations: evaluations,
      operations: 2 * Double(model.graph.multiplyAdds) * Double(evaluations),
      peakOperationsPerSecond: PeakRate.measured(on: workers))
  }
}

extension Array {
  /// The elements in order, `size` at a time.
  fileprivate func blocks(of size: Int) -> [[Element]] {
    stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
  }
}
