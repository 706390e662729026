/// The catalogue entries of the class activation maps.
enum ClassActivationMaps {
  static let descriptions =
    GradientCAM.Kind.allCases.map { kind in
      MethodDescription(
        name: kind.rawValue, family: .cam, summary: kind.summary, reference: kind.reference,
        completeness: .none, settings: CAMSettings.descriptions,
        cost: "1 forward, 1 backward down to the layer"
      ) { .graph(GradientCAM(kind: kind, settings: CAMSettings($0))) }
    } + [scoreCAM, ablationCAM, eigenCAM, guidedGradCAM, fullGrad]

  private static let scoreCAM = MethodDescription(
    name: "score-cam", family: .cam,
    summary: "a layer's channels weighted by the score of what each shows of the image",
    reference: "Wang et al. 2020, arXiv 1910.01279", completeness: .none,
    settings: CAMSettings.descriptions, cost: "1 + channels forward"
  ) { .graph(ScoreCAM(settings: CAMSettings($0))) }

  private static let ablationCAM = MethodDescription(
    name: "ablation-cam", family: .cam,
    summary: "a layer's channels weighted by what the score loses without each",
    reference: "Desai & Ramaswamy 2020, DOI 10.1109/WACV45572.2020.9093360", completeness: .none,
    settings: CAMSettings.descriptions, cost: "1 forward, channels forward from the layer on"
  ) { .graph(AblationCAM(settings: CAMSettings($0))) }

  private static let eigenCAM = MethodDescription(
    name: "eigen-cam", family: .cam,
    summary: "what a layer's channels have most in common, whatever the class",
    reference: "Muhammad & Yeasin 2020, arXiv 2008.00299", completeness: .none,
    settings: CAMSettings.descriptions, cost: "1 forward",
    reading:
      "Large values lie where the layer that was looked into was most active in the way that "
      + "its channels have in common, whatever the class. The map is as coarse as that layer and was "
      + "enlarged to the image.",
    caution:
      "Anything about the class: the map is the same for all of them. Nor which pixels within "
      + "a coarse cell mattered."
  ) { .graph(EigenCAM(settings: CAMSettings($0))) }

  private static let guidedGradCAM = MethodDescription(
    name: "guided-grad-cam", family: .cam,
    summary: "guided backpropagation where grad-cam is positive",
    reference: "Selvaraju et al. 2017, arXiv 1610.02391", completeness: .none,
    settings: [CAMSettings.layer, CAMSettings.upsampling], cost: "2 forward, 2 backward",
    isSigned: true,
    reading: "The detail is that of guided backpropagation: patterns that the network looks for, "
      + "positive where it asks for brighter pixels, as the model sees them, negative where for "
      + "darker ones. Grad-cam says how strong they are, and where there are none.",
    caution: "How the score would change, and what spoke against the class. Only the coarse places "
      + "depend much on the class; the detail within them is often the same for all."
  ) { .graph(GuidedGradCAM(settings: CAMSettings($0, rectifies: true))) }

  private static let fullGrad = MethodDescription(
    name: "fullgrad", family: .cam,
    summary: "how strongly the input and every bias take part in the score, as pictures added up",
    reference: "Srinivas & Fleuret 2019, arXiv 1905.00780", completeness: .none,
    settings: [CAMSettings.upsampling, CAMSettings.profile], cost: "1 forward, 1 backward",
    reading:
      "A pixel's value says how strongly the pixel and the biases of all layers at its place "
      + "take part in the score, for or against it. Pictures of all channels of all layers, the fine "
      + "and the coarse, were added up.",
    caution:
      "Whether a place speaks for the class or against it. Each channel's picture is brought to "
      + "the same strength before it is added, so channels that hardly matter count as much as others."
  ) { .graph(FullGrad(settings: CAMSettings($0, rectifies: false))) }
}

extension GradientCAM.Kind {
  fileprivate var summary: String {
    switch self {
    case .gradCAM: "a layer's channels weighted by their mean gradient"
    case .gradCAMPlusPlus: "a layer's channels weighted by their positive gradients, spread evenly"
    case .xGradCAM: "a layer's channels weighted by their gradient where they are active"
    case .hiResCAM: "a layer's activations times their gradient, place by place"
    case .layerCAM: "a layer's activations times their positive gradient, place by place"
    }
  }

  fileprivate var reference: String {
    switch self {
    case .gradCAM: "Selvaraju et al. 2017, arXiv 1610.02391"
    case .gradCAMPlusPlus: "Chattopadhyay et al. 2018, arXiv 1710.11063"
    case .xGradCAM: "Fu et al. 2020, arXiv 2008.02312"
    case .hiResCAM: "Draelos & Carin 2020, arXiv 2011.08891"
    case .layerCAM: "Jiang et al. 2021, DOI 10.1109/TIP.2021.3089943"
    }
  }
}
