import Attribution

extension MethodError: DescribedError {
  var sentence: String {
    switch self {
    case .unknownMethod(let name, let known):
      "There is no method '\(name)'."
        + (EditDistance.nearest(to: name, among: known).map { " Did you mean '\($0)'?" }
          ?? " There are \(known.joined(separator: ", ")).")
    case .unknownSetting(let method, let setting, let known):
      known.isEmpty
        ? "\(method) has no settings, so '\(setting)' cannot be set."
        : "\(method) has no setting '\(setting)'; it has \(known.joined(separator: ", "))."
    case .repeatedSetting(let method, let setting):
      "\(method) has '\(setting)' twice. Leave one out."
    case .wrongValue(let method, let setting, let found, let expected):
      "\(method): \(setting) is '\(found)', but must be \(expected.words)."
    case .notASetting(let method, let text):
      "\(method): '\(text)' is no setting; settings are written key=value."
    case .unsupportedTarget(let method, let target):
      "\(method) cannot explain \(target.words). \(target.remedy)"
    case .unsupportedNode:
      obstacle + " `whylight inspect` says which methods can explain a model."
    case .unknownLayer(let method, let layer, let known):
      "\(method): there is no layer '\(layer)'."
        + (EditDistance.nearest(to: layer, among: known).map { " Did you mean '\($0)'?" }
          ?? " `whylight inspect` lists a model's layers.")
    case .notSpatial(let method, let layer):
      "\(method): \(layer) has no rows and columns. Choose a layer before the network flattens."
    case .impossible(let method, let setting, let reason):
      "\(method): \(setting) \(reason.words)."
    }
  }
}

extension MethodError {
  /// Why a method cannot be used, without the way to others: for `inspect`, which is that way.
  var obstacle: String {
    guard case .unsupportedNode(let method, let node, let operation) = self else { return sentence }
    return "\(method) cannot look through \(node) (\(operation))."
  }
}

extension SettingDescription.Kind {
  /// What a value has to be, as words after "must be".
  fileprivate var words: String {
    switch self {
    case .flag: "true or false"
    case .integer(let range):
      range.upperBound == .max
        ? "a whole number from \(range.lowerBound)"
        : "a whole number from \(range.lowerBound) to \(range.upperBound)"
    case .number(let range):
      range.upperBound.isFinite
        ? "a number from \(shortest(range.lowerBound)) to \(shortest(range.upperBound))"
        : "a number from \(shortest(range.lowerBound))"
    case .choice(let words): "one of " + words.joined(separator: ", ")
    case .duration: "a time like 2s or 500ms"
    case .text: "a text that is not empty"
    }
  }
}

extension Target {
  fileprivate var words: String {
    switch self {
    case .logit: "a logit"
    case .probability: "a probability"
    case .contrast: "the difference of two logits"
    }
  }

  fileprivate var remedy: String {
    switch self {
    case .logit: "Choose another method."
    case .probability: "Leave out --output-kind probability."
    case .contrast: "Name one class with --target."
    }
  }
}

extension MethodError.Reason {
  fileprivate var words: String {
    switch self {
    case .largerThan(let most): "must be at most \(most) here"
    case .notPiecewiseLinear(let node):
      "needs a network that is linear in pieces, and \(node) is not. Use a tolerance"
    case .tooManySegments(let found, let most):
      "are \(found), but at most \(most) are possible: take fewer, raise most, or use "
        + "shapley-sampling"
    case .needsSpatialInput: "needs an input with rows and columns"
    case .needsBaselinePicture: "wants a picture that is given. Name it with --baseline FILE"
    case .needsLabelMap: "wants a label map that is given. Name it with --segments FILE"
    case .labelMapOfOtherSize(let height, let width, let needed):
      "has \(width)x\(height) labels, but the model's input has "
        + needed.reversed().map(String.init).joined(separator: "x")
    case .excludes(let setting): "and \(setting) exclude each other. Leave one out"
    case .tooFew(let count): "is \(count), and that was not enough. Raise it, or use a tolerance"
    }
  }
}
