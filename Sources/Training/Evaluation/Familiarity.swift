public import Networks
public import Tensors

/// What ordinary samples are like to a model, so that others can be told from them: how strong an
/// answer they get, and what kind of picture they are.
///
/// Both limits are drawn so that 1 in 200 of the samples held out in training lies beyond them.
public struct Familiarity: Sendable, Equatable {
  /// Ordinary samples' largest logit is above this.
  public let logit: Float

  /// Ordinary samples lie within this distance of the others.
  public let distance: Double

  /// The middle of ``PictureStatistics`` over the training samples, and the lower triangle, row by
  /// row, of the Cholesky factor of their covariance.
  public let mean: [Double]
  public let factor: [Double]

  /// What a file says of a model; see ``isComplete``.
  public init(logit: Float, distance: Double, mean: [Double], factor: [Double]) {
    self.logit = logit
    self.distance = distance
    self.mean = mean
    self.factor = factor
  }

  /// How a sample compares.
  public struct Judgement: Sendable, Equatable {
    /// The sample's distance in units of the limit: above one it does not look like the others.
    public let distance: Double

    /// How much its largest logit lacks to the limit: above zero no class stands out as it does with
    /// the others.
    public let logitShortfall: Float

    public var looksDifferent: Bool { distance > 1 }
    public var isAnsweredWeakly: Bool { logitShortfall > 0 }
  }

  /// Judges a sample as the network gets it, `[C, H, W]`.
  public func judge(_ sample: [Float], shape: Shape, logits: [Float]) -> Judgement {
    Judgement(
      distance: distance(of: PictureStatistics(sample, shape: shape)) / distance,
      logitShortfall: logit - (logits.max() ?? 0))
  }

  /// As JSON, for the model's training record.
  public var json: String {
    "{\"logit\":\(logit),\"distance\":\(distance),\"mean\":\(mean),\"factor\":\(factor)}"
  }
}

extension Familiarity {
  /// Looks at the training samples (some thousands at the most) and at all that were held out.
  public init(
    _ graph: Graph, training: DataSet, validation: DataSet, workers: Workers,
    kernels: KernelVariant = .best
  ) throws(PlanError) {
    let logits = try Scores(graph, validation, workers: workers, kernels: kernels)
      .largestLogits.sorted()
    let share = max(1, (training.count + 4095) / 4096)
    let known = Self.statistics(
      training.subset(Array(stride(from: 0, to: training.count, by: share))), workers)
    let (mean, factor) = Self.fit(known)
    let distances = Self.statistics(validation, workers)
      .map { Self.distance(of: $0, mean, factor) }.sorted(by: >)
    // Equal pictures are no distance apart, but a distance of zero measures nothing.
    self.init(
      logit: logits[logits.count / 200], distance: max(distances[distances.count / 200], 1e-3),
      mean: mean, factor: factor)
  }

  private static func statistics(_ data: DataSet, _ workers: Workers) -> [PictureStatistics] {
    workers.map(data.count) { sample in
      var values = Array(repeating: Float(0), count: data.shape.count)
      data.load(sample, into: &values, at: 0)
      return PictureStatistics(values, shape: data.shape)
    }
  }

  /// The mean, and the Cholesky factor of the covariance. A hundredth is added to every deviation,
  /// so that a number that hardly varies does not make everything else strange.
  static func fit(_ samples: [PictureStatistics]) -> (mean: [Double], factor: [Double]) {
    let size = PictureStatistics.count
    let count = Double(max(1, samples.count))
    let mean = (0..<size).map { i in samples.reduce(0) { $0 + $1.values[i] } / count }
    var factor: [Double] = []
    for i in 0..<size {
      for j in 0...i {
        let covariance = samples.reduce(0) {
          $0 + ($1.values[i] - mean[i]) * ($1.values[j] - mean[j])
        }
        var rest = covariance / count + (i == j ? 1e-4 : 0)
        for k in 0..<j { rest -= factor[place(i, k)] * factor[place(j, k)] }
        factor.append(i == j ? rest.squareRoot() : rest / factor[place(j, j)])
      }
    }
    return (mean, factor)
  }

  private static func place(_ row: Int, _ column: Int) -> Int { row * (row + 1) / 2 + column }

  /// The distance of Mahalanobis (1936): in every direction in units of how much the samples vary
  /// there.
  private static func distance(
    of statistics: PictureStatistics, _ mean: [Double], _ factor: [Double]
  ) -> Double {
    var solved: [Double] = []
    for i in mean.indices {
      var rest = statistics.values[i] - mean[i]
      for k in 0..<i { rest -= factor[place(i, k)] * solved[k] }
      solved.append(rest / factor[place(i, i)])
    }
    return solved.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }

  func distance(of statistics: PictureStatistics) -> Double {
    Self.distance(of: statistics, mean, factor)
  }

  /// Whether the numbers are as many as they should be: a file can say anything.
  public var isComplete: Bool {
    mean.count == PictureStatistics.count
      && factor.count == Self.place(PictureStatistics.count, 0) && distance > 0
  }
}
