/// How gradients change parameters, with PyTorch's definitions and defaults.
///
/// `p` is a parameter, `g` its gradient, `η` the learning rate, `t` the number of the step from 1 on.
public enum Optimizer: Sendable, Hashable {
  /// `p ← p − η g`
  case sgd

  /// `b ← μ b + g`, `p ← p − η b`
  case momentum(Float = 0.9)

  /// `b ← μ b + g`, `p ← p − η (g + μ b)`
  ///
  /// Reference: Sutskever et al., "On the importance of initialization and momentum in deep
  /// learning", 2013.
  case nesterov(Float = 0.9)

  /// `v ← α v + (1 − α) g²`, `p ← p − η g / (√v + ε)`
  ///
  /// Reference: Tieleman, Hinton, "Lecture 6.5: RMSProp", 2012.
  case rmsProp(smoothing: Float = 0.99, epsilon: Float = 1e-8)

  /// `m ← β₁ m + (1 − β₁) g`, `v ← β₂ v + (1 − β₂) g²`,
  /// `p ← p − η (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε)`
  ///
  /// Reference: Kingma, Ba, "Adam: a method for stochastic optimization", 2015, arXiv:1412.6980.
  /// With ``Penalty/decay`` it is AdamW.
  case adam(beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-8)
}

/// What large parameters cost.
public struct Penalty: Sendable, Hashable {
  /// `g ← g + l1 · sign(p)`
  public var l1: Float

  /// Coupled: `g ← g + l2 · p`, seen by momentum and by Adam's moments.
  public var l2: Float

  /// Decoupled: `p ← p − η · decay · p`, which makes Adam AdamW.
  ///
  /// Reference: Loshchilov, Hutter, "Decoupled weight decay regularization", 2019,
  /// arXiv:1711.05101.
  public var decay: Float

  public init(l1: Float = 0, l2: Float = 0, decay: Float = 0) {
    self.l1 = l1
    self.l2 = l2
    self.decay = decay
  }
}

extension Optimizer {
  /// How many numbers are kept for each parameter from step to step.
  var memoryCount: Int {
    switch self {
    case .sgd: 0
    case .momentum, .nesterov, .rmsProp: 1
    case .adam: 2
    }
  }

  /// Whether steps are about as large as the learning rate whatever the size of the gradients.
  public var isAdaptive: Bool {
    switch self {
    case .sgd, .momentum, .nesterov: false
    case .rmsProp, .adam: true
    }
  }
}
