/// How a layer with weights shares its relevance among its inputs.
///
/// ```
/// epsilon       x w / (z + ε sign z)
/// gamma         the same with w + γ w⁺ where z > 0, w + γ w⁻ where z < 0
/// alpha-beta    α (positive parts of x w, in their share) − (α − 1) (negative parts in theirs)
/// z-plus        alpha-beta with α = 1
/// z-box         x w − l w⁺ − h w⁻, for inputs known to lie between l and h
/// w-square      w²
/// flat          1
/// ```
///
/// References: Bach et al. 2015, DOI 10.1371/journal.pone.0130140 (epsilon, alpha-beta); Montavon et
/// al. 2017, arXiv 1512.02479 (z-plus, z-box, w-square); Lapuschkin et al. 2019, arXiv 1902.10178
/// (flat); Montavon et al. 2019, DOI 10.1007/978-3-030-28954-6_10 (gamma), for inputs of both signs
/// as Andéol et al. 2021, arXiv 2106.03461.
enum RelevanceRule: String, Sendable, Hashable, CaseIterable {
  case epsilon
  case gamma
  case alphaBeta = "alpha-beta"
  case zPlus = "z-plus"
  case zBox = "z-box"
  case wSquare = "w-square"
  case flat

  /// Those that need not know what values the input can have.
  static let unbounded = allCases.filter { $0 != .zBox }
}

/// Which rule each layer of a network gets.
struct RelevanceRules: Sendable, Hashable {
  /// For the layers that are the first with weights on their way; without it, that of their kind.
  var first: RelevanceRule?
  var convolution: RelevanceRule
  var dense: RelevanceRule

  /// Of the epsilon rule. All others divide by sums moved a millionth away from zero.
  var epsilon: Float = 1e-6
  var gamma: Float = 0.25
  var alpha: Float = 2

  static let stabilizer: Float = 1e-6
}

/// Choices of rules that have a name.
enum RelevanceComposite: String, Sendable, CaseIterable {
  case epsilon
  case epsilonPlus = "epsilon-plus"
  case epsilonPlusFlat = "epsilon-plus-flat"
  case epsilonAlpha2Beta1 = "epsilon-alpha2-beta1"
  case epsilonAlpha2Beta1Flat = "epsilon-alpha2-beta1-flat"
  case epsilonGammaBox = "epsilon-gamma-box"

  var rules: RelevanceRules {
    switch self {
    case .epsilon: RelevanceRules(convolution: .epsilon, dense: .epsilon)
    case .epsilonPlus: RelevanceRules(convolution: .zPlus, dense: .epsilon)
    case .epsilonPlusFlat: RelevanceRules(first: .flat, convolution: .zPlus, dense: .epsilon)
    case .epsilonAlpha2Beta1: RelevanceRules(convolution: .alphaBeta, dense: .epsilon)
    case .epsilonAlpha2Beta1Flat:
      RelevanceRules(first: .flat, convolution: .alphaBeta, dense: .epsilon)
    case .epsilonGammaBox: RelevanceRules(first: .zBox, convolution: .gamma, dense: .epsilon)
    }
  }
}
