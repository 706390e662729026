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
      cost: "samples forward, samples backward", isSigned: kind == .average
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

  fileprivate var reference: String {
    switch self {
    case .average: "Smilkov et al. 2017, arXiv 1706.03825"
    case .squares: "Hooker et al. 2019, arXiv 1806.10758"
    case .variance: "Adebayo et al. 2018, arXiv 1810.03307"
    }
  }
}
