import Networks
import Training

/// An optimiser by the name that people write, which may bring a weight decay along.
struct NamedOptimizer: Sendable {
  let optimizer: Optimizer
  let usualDecay: Float
}

extension ValueSyntax where Value == NamedOptimizer {
  /// `adam`, `momentum:share=0.95`, …
  static var optimizer: Self {
    let names = ["sgd", "momentum", "nesterov", "rmsprop", "adam", "adamw"]
    return Self(
      placeholder: "SPEC", completion: .choices(names), expectation: .specification(names: names)
    ) { text in
      guard let specification = Specification(text) else { return nil }
      var numbers = SettingNumbers(specification)
      let optimizer: Optimizer? =
        switch specification.name {
        case "sgd": .sgd
        case "momentum": .momentum(numbers.take("share") ?? 0.9)
        case "nesterov": .nesterov(numbers.take("share") ?? 0.9)
        case "rmsprop":
          .rmsProp(
            smoothing: numbers.take("smoothing") ?? 0.99, epsilon: numbers.take("epsilon") ?? 1e-8)
        case "adam", "adamw":
          .adam(
            beta1: numbers.take("beta1") ?? 0.9, beta2: numbers.take("beta2") ?? 0.999,
            epsilon: numbers.take("epsilon") ?? 1e-8)
        default: nil
        }
      guard let optimizer, numbers.isUsedUp else { return nil }
      return NamedOptimizer(
        optimizer: optimizer, usualDecay: specification.name == "adamw" ? 0.01 : 0)
    }
  }
}

extension ValueSyntax where Value == LearningRateSchedule.Course {
  /// `constant`, `step:epochs=10,factor=0.1`, `cosine:end=0.01`, `one-cycle:rise=0.3`.
  static var schedule: Self {
    let names = ["constant", "step", "cosine", "one-cycle"]
    return Self(
      placeholder: "SPEC", completion: .choices(names), expectation: .specification(names: names)
    ) { text in
      guard let specification = Specification(text) else { return nil }
      var numbers = SettingNumbers(specification)
      let course: LearningRateSchedule.Course? =
        switch specification.name {
        case "constant": .constant
        case "step":
          .step(
            epochs: numbers.takeWhole("epochs", in: 1...100_000) ?? 10,
            factor: numbers.take("factor") ?? 0.1)
        case "cosine": .cosine(end: numbers.take("end") ?? 0)
        case "one-cycle": .oneCycle(rise: numbers.take("rise") ?? 0.3)
        default: nil
        }
      return numbers.isUsedUp ? course : nil
    }
  }
}

extension ValueSyntax where Value == Augmentation {
  /// `none`, `handwriting`, or a list of changes, each with a strength or its usual one:
  /// `shift=0.1,rotate=10,blur`. A list may begin with `handwriting` and change parts of it.
  static var augmentation: Self {
    Self(
      placeholder: "LIST",
      completion: .list(of: ["none", "handwriting"] + AugmentationKind.allCases.map(\.rawValue)),
      expectation: .form(
        "none, handwriting, or changes with commas between them, such as shift=0.1,rotate=10,blur, "
          + "of \(AugmentationKind.allCases.map(\.rawValue).joined(separator: ", "))")
    ) { text in
      var augmentation = Augmentation()
      for (index, item) in text.split(separator: ",", omittingEmptySubsequences: false).enumerated()
      {
        if index == 0 && item == "none" { continue }
        if index == 0 && item == "handwriting" {
          augmentation = .handwriting
          continue
        }
        let parts = item.split(separator: "=", omittingEmptySubsequences: false)
        guard let kind = AugmentationKind(rawValue: String(parts[0])), parts.count <= 2 else {
          return nil
        }
        let strength = parts.count == 2 ? Float(parts[1]) : kind.usualStrength
        guard let strength, kind.range.contains(strength) else { return nil }
        augmentation[kind] = strength
      }
      return augmentation
    }
  }
}

extension ValueSyntax where Value == Initializer {
  /// One of the initialisers that have a name.
  static var initializer: Self {
    let names = Initializer.named.keys.sorted()
    return Self(placeholder: "NAME", completion: .choices(names), expectation: .oneOf(names)) {
      Initializer.named[$0]
    }
  }
}

/// The settings of a specification that are numbers, taken out one by one.
private struct SettingNumbers {
  private var texts: [String: String]
  private var hasBadNumber = false

  init(_ specification: Specification) {
    texts = Dictionary(specification.settings.map { ($0.key, $0.value) }) { _, last in last }
  }

  mutating func take(_ key: String) -> Float? {
    guard let text = texts.removeValue(forKey: key) else { return nil }
    guard let number = Float(text), number.isFinite, number >= 0 else {
      hasBadNumber = true
      return nil
    }
    return number
  }

  mutating func takeWhole(_ key: String, in range: ClosedRange<Int>) -> Int? {
    guard let number = take(key) else { return nil }
    guard let whole = Int(exactly: number), range.contains(whole) else {
      hasBadNumber = true
      return nil
    }
    return whole
  }

  /// Whether nothing is left and all were numbers.
  var isUsedUp: Bool { texts.isEmpty && !hasBadNumber }
}
