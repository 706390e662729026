public import Tensors

/// All that most methods may know of a model: inputs go in sixteen side by side, logits come out.
///
/// Work is counted in groups of sixteen samples. `fill` may be called from several threads at once,
/// for different groups, and depends on nothing but the group's number. `read` is called for one
/// group after the other in order, never twice at a time; so a method adds up what it reads in plain
/// variables, and the sum is the same to the bit at any number of threads. On which thread it is
/// called is open, and it asks the model nothing.
public protocol Scorer {
  /// The shape of an input, usually `[C, H, W]`.
  var inputShape: Shape { get }

  /// How many logits an input gets.
  var logitCount: Int { get }

  /// Runs the model over `groups` groups.
  ///
  /// - Parameters:
  ///   - fill: writes all lanes of a group's inputs.
  ///   - read: gets a group's logits.
  func evaluate(
    groups: Int,
    fill: @Sendable (_ group: Int, _ inputs: MutableLanesView) -> Void,
    read: (_ group: Int, _ logits: LanesView) -> Void)

  /// Scores inputs and rectangular changes of them.
  ///
  /// - Parameter read: called by the caller's thread, in any order; gets the logits of an input
  ///   (`change` is nothing) or of a change of it, in one lane.
  func evaluate(
    _ changes: InputChanges,
    read: (_ input: Int, _ change: Int?, _ logits: LanesView, _ lane: Int) -> Void)
}

extension Scorer {
  public func evaluate(
    _ changes: InputChanges,
    read: (_ input: Int, _ change: Int?, _ logits: LanesView, _ lane: Int) -> Void
  ) {
    evaluateWhole(changes, read: read)
  }
}

/// A model that also says how a score changes with the input.
public protocol DifferentiableScorer: Scorer {
  /// Runs the model over `groups` groups, forward and backward.
  ///
  /// - Parameters:
  ///   - fill: writes all lanes of a group's inputs.
  ///   - seed: writes ∂score/∂logits of all lanes, given the logits; called like `fill`.
  ///   - read: gets a group's logits and ∂score/∂input.
  func differentiate(
    groups: Int,
    fill: @Sendable (_ group: Int, _ inputs: MutableLanesView) -> Void,
    seed: @Sendable (_ group: Int, _ logits: LanesView, _ dLogits: MutableLanesView) -> Void,
    read: (_ group: Int, _ logits: LanesView, _ gradient: LanesView) -> Void)
}

extension Scorer {
  /// How many groups `samples` samples make.
  func groupCount(_ samples: Int) -> Int { (samples + laneCount - 1) / laneCount }
}
