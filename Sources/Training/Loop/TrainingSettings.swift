/// Everything that a training run depends on besides the network and the data.
public struct TrainingSettings: Sendable, Hashable {
  public var epochs = 10
  public var batchSize = 64
  public var optimizer = Optimizer.adam()
  public var learningRate: Float = 1e-3
  public var schedule = LearningRateSchedule()

  /// On weights, not on biases and scales.
  public var penalty = Penalty()

  /// The largest norm of all gradients together; larger ones are scaled down to it.
  public var clipNorm: Float?

  /// The share of the old in the moving average of the weights, which is then the result. In the
  /// first steps `t` the average is shorter: `min(averaging, (1 + t) / (10 + t))`.
  public var averaging: Float?
  public var labelSmoothing: Float = 0

  /// Whether rare classes count more: each class the same in sum.
  public var balancesClasses = false
  public var augmentation = Augmentation()

  /// Ends when the validation loss has not fallen for so many epochs, and takes the best epoch's
  /// weights.
  public var patience: Int?
  public var seed: UInt64 = 1

  public init() {}
}

extension TrainingSettings {
  /// The settings as a JSON object, keys in a fixed order: what a model file and a checkpoint keep.
  public var json: String {
    let rate = "\"learningRate\":\(learningRate),\"schedule\":\"\(schedule)\""
    let penalties = "\"l1\":\(penalty.l1),\"l2\":\(penalty.l2),\"decay\":\(penalty.decay)"
    let changes = AugmentationKind.allCases.filter { augmentation[$0] != 0 }
      .map { "\"\($0.rawValue)\":\(augmentation[$0])" }.joined(separator: ",")
    return "{\"epochs\":\(epochs),\"batchSize\":\(batchSize),\"optimizer\":\"\(optimizer)\","
      + "\(rate),\(penalties),\"clipNorm\":\(Self.text(clipNorm)),"
      + "\"averaging\":\(Self.text(averaging)),\"labelSmoothing\":\(labelSmoothing),"
      + "\"balancesClasses\":\(balancesClasses),\"augmentation\":{\(changes)},"
      + "\"patience\":\(Self.text(patience)),\"seed\":\(seed)}"
  }

  private static func text<Value: CustomStringConvertible>(_ value: Value?) -> String {
    value?.description ?? "null"
  }
}

extension Optimizer: CustomStringConvertible {
  /// As the command line writes it: `adam:beta1=0.9,beta2=0.999`.
  public var description: String {
    switch self {
    case .sgd: "sgd"
    case .momentum(let share): "momentum:share=\(share)"
    case .nesterov(let share): "nesterov:share=\(share)"
    case .rmsProp(let smoothing, let epsilon): "rmsprop:smoothing=\(smoothing),epsilon=\(epsilon)"
    case .adam(let beta1, let beta2, let epsilon):
      "adam:beta1=\(beta1),beta2=\(beta2),epsilon=\(epsilon)"
    }
  }
}

extension LearningRateSchedule: CustomStringConvertible {
  /// As the command line writes it: `one-cycle:rise=0.3`.
  public var description: String {
    let warmUp = warmUpEpochs == 0 ? "" : " warm-up=\(warmUpEpochs)"
    return switch course {
    case .constant: "constant\(warmUp)"
    case .step(let epochs, let factor): "step:epochs=\(epochs),factor=\(factor)\(warmUp)"
    case .cosine(let end): "cosine:end=\(end)\(warmUp)"
    case .oneCycle(let rise): "one-cycle:rise=\(rise)\(warmUp)"
    }
  }
}
