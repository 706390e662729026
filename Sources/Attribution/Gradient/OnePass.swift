import Networks
import Tensors

/// Another backward pass in the place of the gradient's: by a rule, or times the input.
///
/// A method that takes gradients at many points (``SmoothGrad``) can so take any map that one pass
/// gives.
public enum OnePass: String, Sendable, Hashable, CaseIterable {
  case gradient
  case inputTimesGradient = "input-x-gradient"
  case guidedBackprop = "guided-backprop"
  case deconvolution

  var rule: (any BackwardRule)? {
    switch self {
    case .gradient, .inputTimesGradient: nil
    case .guidedBackprop: RectifierRule(.guided)
    case .deconvolution: RectifierRule(.deconvolution)
    }
  }
}

/// A network whose "gradient" is what a ``OnePass`` sends back.
final class OnePassScorer: DifferentiableScorer {
  private let session: NetworkSession
  private let pass: OnePass

  init(_ session: NetworkSession, _ pass: OnePass) {
    self.session = session
    self.pass = pass
  }

  var inputShape: Shape { session.inputShape }
  var logitCount: Int { session.logitCount }

  func evaluate(
    groups: Int, fill: @Sendable (Int, MutableLanesView) -> Void, read: (Int, LanesView) -> Void
  ) {
    session.evaluate(groups: groups, fill: fill, read: read)
  }

  func differentiate(
    groups: Int, fill: @Sendable (Int, MutableLanesView) -> Void,
    seed: @Sendable (Int, LanesView, MutableLanesView) -> Void,
    read: (Int, LanesView, LanesView) -> Void
  ) {
    let (input, logits) = (session.model.input, session.model.logits)
    let (pass, rule) = (pass, pass.rule)
    var request = session.model.gradientRequest
    if let rule { request.keeps = .forRule(rule, session.model.graph) }
    session.forEachGroup(groups, request) { workspace, weights, group in
      fill(group, workspace[input])
      workspace.forward(weights)
      seed(group, workspace[logits].readOnly, workspace.gradient(of: logits))
      if let rule {
        workspace.backward(weights, rule: rule)
      } else {
        workspace.backward(weights)
      }
      if pass == .inputTimesGradient {
        let gradient = workspace.gradient(of: input)
        gradient.map(gradient.readOnly, workspace[input].readOnly) { $0 * $1 }
      }
    } read: { workspace, group in
      read(group, workspace[logits].readOnly, workspace.gradient(of: input).readOnly)
    }
  }
}

/// A gradient method on another pass than the gradient's.
struct AlongPass<Base: GradientMethod>: GraphMethod {
  let base: Base
  let pass: OnePass

  var preferredBatch: Int { base.preferredBatch }

  func check(_ question: MethodQuestion) throws(MethodError) { try base.check(question) }

  func attribute(
    _ subjects: [Subject], on session: NetworkSession, context: MethodContext
  ) throws -> [Attribution] {
    try base.attribute(subjects, on: OnePassScorer(session, pass), context: context)
  }
}
