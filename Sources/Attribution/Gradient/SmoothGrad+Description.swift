extension SmoothGrad {
  static let descriptions = Kind.allCases.map { kind in
    MethodDescription(
      name: kind.rawValue, family: .gradient, summary: kind.summary, reference: kind.reference,
      completeness: .none,
      settings: [
        SettingDescription(
          "samples", .integer(1...1_000_000), default: .integer(50), "noisy copies of the input"),
        SettingDescription(
          "noise", .number(0...10), default: .number(0.15),
          "the noise's deviation as a share of the image's range"),
        SettingDescription(
          "inner", .choice(OnePass.allCases.map(\.rawValue)), default: .word("gradient"),
          "what is taken of each copy"),
      ],
      cost: "samples forward, samples backward", isSigned: kind == .average,
      reading: kind.reading, caution: kind.caution
    ) { settings in
      let method = SmoothGrad(
        kind, samples: settings.integer("samples"), noise: settings.number("noise"))
      guard let pass = OnePass(rawValue: settings.word("inner")), pass != .gradient else {
        return .gradients(method)
      }
      return .graph(AlongPass(base: method, pass: pass))
    }
  }
}

extension SmoothGrad.Kind {
  fileprivate var summary: String {
    switch self {
    case .average: "the gradient averaged over noisy copies of the input, with standard errors"
    case .squares: "the squared gradient averaged over noisy copies of the input"
    case .variance: "the variance of the gradient over noisy copies of the input"
    }
  }

  fileprivate var reading: String {
    let other = " With another inner method, its maps stand for the gradients."
    return switch self {
    case .average:
      "A pixel's value says how the score of noisy copies of the image would change, on the average, "
        + "if the pixel became a little brighter, as the model sees it: up where it is positive, "
        + "down where it is negative." + other
    case .squares:
      "A pixel's value says how strongly the score of noisy copies of the image depends on the pixel: "
        + "the mean of the squared gradients." + other
    case .variance:
      "A pixel's value says how much the gradient at the pixel differs among noisy copies of the "
        + "image." + other
    }
  }

  fileprivate var caution: String {
    switch self {
    case .average:
      "It holds for tiny changes of noisy copies, of which the model may have seen none; another "
        + "strength of the noise gives another map."
    case .squares:
      "Whether the pixel speaks for the class or against it. Squares make few strong pixels outshine "
        + "all others."
    case .variance:
      "Whether the pixel speaks for the class or against it. A pixel that matters in the same way in "
        + "all copies gets nothing."
    }
  }

  fileprivate var reference: String {
    switch self {
    case .average: "Smilkov et al. 2017, arXiv 1706.03825"
    case .squares: "Hooker et al. 2019, arXiv 1806.10758"
    case .variance: "Adebayo et al. 2018, arXiv 1810.03307"
    }
  }
}
