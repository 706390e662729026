import Networks
import Tensors

/// Guided Grad-CAM: guided backpropagation where Grad-CAM is positive.
///
/// ```
/// map = guided backpropagation · relu(grad-cam), enlarged
/// ```
///
/// Reference: Selvaraju et al. 2017, arXiv 1610.02391.
struct GuidedGradCAM: GraphMethod {
  let settings: CAMSettings

  var preferredBatch: Int { laneCount }

  func check(_ question: MethodQuestion) throws(MethodError) {
    _ = try settings.layer(of: question.model, method: question.context.name)
  }

  func attribute(
    _ subjects: [Subject], on session: NetworkSession, context: MethodContext
  ) throws -> [Attribution] {
    let layer = try settings.layer(of: session.model, method: context.name)
    let cams = try GradientCAM(kind: .gradCAM, settings: settings)
      .attribute(subjects, on: session, context: context)
    let details = try AlongPass(base: Gradient(), pass: .guidedBackprop)
      .attribute(subjects, on: session, context: context)
    // The plane is spread over the channels.
    let channels = Float(session.inputShape[0])
    return zip(subjects, zip(cams, details)).map { subject, maps in
      context.attribution(
        zip(maps.0.values, maps.1.values).map { $0 * channels * $1 }, of: subject, on: session,
        layer: layer, forward: 2, backward: 2)
    }
  }
}
