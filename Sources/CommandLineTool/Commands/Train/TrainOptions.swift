import Networks
import Training

/// The options of `train`.
enum TrainOptions {
  static let output = Option.value(
    "output", short: "o", .file(extensions: ["onnx"]), default: "model.onnx", in: "Output",
    "The model. Beside it are written its checkpoint and its records.")
  static let resume = Option.flag(
    "resume", in: "Output",
    "Go on from the checkpoint beside the output, to the same bytes as without the break.")
  static let json = Option.flag(
    "json", in: "Output", "Print each epoch as a line of JSON instead of text.")

  static let layers = Option.value(
    "layers", .text(placeholder: "TEXT").offering(ArchitecturePreset.allCases.map(\.rawValue)),
    default: "lenet", in: "Network",
    "The network: a preset (\(presets)) or its layers, such as "
      + "'conv 16 5x5, norm, relu, pool 2, dropout 0.2, dense classes'.")
  static let initializer = Option.value(
    "init", .initializer, default: "he-normal", in: "Network", "The weights' first values.")

  static let epochs = Option.value(
    "epochs", .integer(in: 1...100_000), default: "10", in: "Learning",
    "How often every picture is seen.")
  static let batch = Option.value(
    "batch", .integer(in: 1...65_536), default: "64", in: "Learning",
    "How many pictures make one step.")
  static let optimizer = Option.value(
    "optimizer", .optimizer, default: "adam", in: "Learning",
    "How gradients change weights; settings as momentum:share=0.9, "
      + "rmsprop:smoothing=0.99, adam:beta1=0.9,beta2=0.999.")
  static let rate = Option.optional(
    "rate", .number(in: 0...1000), shownDefault: "0.001 for adam and rmsprop, else 0.05",
    in: "Learning", "The learning rate at its highest.")
  static let schedule = Option.value(
    "schedule", .schedule, default: "constant", in: "Learning",
    "The learning rate's course: constant, step:epochs=10,factor=0.1, cosine, one-cycle:rise=0.3.")
  static let warmUp = Option.value(
    "warm-up", .number(in: 0...1000), default: "0", in: "Learning",
    "Epochs in which the learning rate grows from nothing.")
  static let patience = Option.optional(
    "patience", .integer(in: 1...100_000), in: "Learning",
    "Stop when the validation loss has not fallen for so many epochs, and keep the best one.")
  static let seed = Option.value(
    "seed", .integer(in: 0...Int.max), default: "1", in: "Learning",
    "The same seed gives the same bytes, at any number of threads.")

  static let decay = Option.value(
    "decay", .number(in: 0...10), default: "0", in: "Against overfitting",
    "Decoupled weight decay (AdamW's).")
  static let l2 = Option.value(
    "l2", .number(in: 0...10), default: "0", in: "Against overfitting",
    "Coupled weight decay, through the gradient.")
  static let l1 = Option.value(
    "l1", .number(in: 0...10), default: "0", in: "Against overfitting",
    "A penalty on the weights' sizes.")
  static let clip = Option.optional(
    "clip", .number(in: 1e-6...1e6), in: "Against overfitting",
    "The largest norm that gradients may have.")
  static let average = Option.optional(
    "average", .number(in: 0...0.999_999), in: "Against overfitting",
    "The result is a moving average of the weights that keeps this share at each step.")
  static let smoothing = Option.value(
    "smoothing", .number(in: 0...1), default: "0", in: "Against overfitting",
    "Label smoothing: the share of the target spread over all classes.")
  static let balance = Option.flag(
    "balance", in: "Against overfitting", "Let rare classes count more.")
  static let augment = Option.value(
    "augment", .augmentation, default: "none", in: "Against overfitting",
    "Random changes of the pictures: handwriting, or a list such as shift=0.1,rotate=10 of "
      + "\(augmentations).")

  static let declarations =
    DataOptions.declarations
    + [
      DataOptions.validation.declaration, layers.declaration, initializer.declaration,
      epochs.declaration, batch.declaration, optimizer.declaration, rate.declaration,
      schedule.declaration, warmUp.declaration, patience.declaration, seed.declaration,
      decay.declaration, l2.declaration, l1.declaration, clip.declaration, average.declaration,
      smoothing.declaration, balance.declaration, augment.declaration, output.declaration,
      resume.declaration, json.declaration, ThreadOption.usual.declaration,
    ]

  private static let presets = ArchitecturePreset.allCases.map(\.rawValue).joined(separator: ", ")
  private static let augmentations =
    AugmentationKind.allCases.map(\.rawValue).joined(separator: ", ")
}

extension TrainingSettings {
  /// The settings that the options say.
  init(_ arguments: Arguments) {
    self.init()
    let named = arguments[TrainOptions.optimizer]
    optimizer = named.optimizer
    epochs = arguments[TrainOptions.epochs]
    batchSize = arguments[TrainOptions.batch]
    learningRate =
      arguments[TrainOptions.rate].map(Float.init) ?? (optimizer.isAdaptive ? 0.001 : 0.05)
    schedule = LearningRateSchedule(
      arguments[TrainOptions.schedule], warmUpEpochs: Float(arguments[TrainOptions.warmUp]))
    penalty = Penalty(
      l1: Float(arguments[TrainOptions.l1]), l2: Float(arguments[TrainOptions.l2]),
      decay: arguments.isGiven(TrainOptions.decay)
        ? Float(arguments[TrainOptions.decay]) : named.usualDecay)
    clipNorm = arguments[TrainOptions.clip].map(Float.init)
    averaging = arguments[TrainOptions.average].map(Float.init)
    labelSmoothing = Float(arguments[TrainOptions.smoothing])
    balancesClasses = arguments[TrainOptions.balance]
    augmentation = arguments[TrainOptions.augment]
    patience = arguments[TrainOptions.patience]
    seed = UInt64(arguments[TrainOptions.seed])
  }
}
