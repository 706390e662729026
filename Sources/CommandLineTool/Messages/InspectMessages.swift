import Attribution
import ModelFiles
import Networks
import Paths
import Pipeline
import Rendering
import Tensors

/// What `inspect` says to people; for programs see `InspectMessages+JSON`.
struct InspectMessages {
  let path: String
  let model: ModelFile
  let inspection: ModelInspection
  let cost: CostEstimate

  /// The file's name without its folders.
  var name: String { path.lastPathStep }

  /// The figures that people ask for first, in one line.
  var headline: String {
    "\(Magnitude.text(inspection.trainableCount)) parameters, "
      + "\(Magnitude.text(inspection.multiplyAdds)) multiply-adds, input \(model.inputShape), "
      + (model.isClassifier ? "\(model.classCount) classes" : "no classes")
  }

  var lines: [String] {
    head + [""] + layerTable + [""] + sharingTable + [""] + weightTable + [""] + costLines + [""]
      + methodTable
  }

  // MARK: The file

  private var head: [String] {
    var lines = [
      "\(path)", "  " + headline, "  input         \(model.graph[model.input].name), \(inputWords)",
      "  output        \(model.graph[model.output].name): \(outputWords)",
      "  preparation   \(preparationWords)", "  labels        \(labelWords)",
    ]
    let notes = model.notes.compactMap(\.words)
    for (index, note) in notes.enumerated() {
      lines.append((index == 0 ? "  notes         " : "                ") + note)
    }
    return lines
  }

  private var inputWords: String {
    switch model.inputShape.rank {
    case 3:
      counted(model.inputShape[0], "channel")
        + " of \(model.inputShape[1]) rows and "
        + "\(model.inputShape[2]) columns"
    default: "\(model.inputShape)"
    }
  }

  private var outputWords: String {
    guard model.isClassifier else {
      return
        "\(model.graph[model.output].shape), no classifier: there is no one score for each class"
    }
    let classes = "\(model.classCount) classes"
    return switch model.outputActivation {
    case .none: "\(classes), logits"
    case .softmax: "\(classes), probabilities by a softmax; its logits are explained"
    case .logSoftmax: "\(classes), logarithms of a softmax; its logits are explained"
    case .sigmoid: "\(classes), each through a sigmoid; the logits before are explained"
    case .normalizedSigmoid:
      "\(classes), each through a sigmoid, made to add up to one; the logits before are explained"
    }
  }

  private var preparationWords: String {
    let preparation = model.information.preparation
    var words = ["pixels \(preparation.range.rawValue)"]
    func list(_ values: [Float]) -> String { values.map { "\($0)" }.joined(separator: ", ") }
    if !preparation.mean.isEmpty { words.append("minus \(list(preparation.mean))") }
    if !preparation.standardDeviation.isEmpty {
      words.append("divided by \(list(preparation.standardDeviation))")
    }
    if model.inputShape.rank == 3, model.inputShape[0] == 3 {
      words.append(preparation.colorOrder.rawValue.uppercased())
    }
    words.append("fit \(preparation.fit.rawValue)")
    return words.joined(separator: ", ")
      + (model.information.statesPreparation ? "" : " (the file does not say, so this is assumed)")
  }

  private var labelWords: String {
    let labels = model.information.labels
    guard !labels.isEmpty else { return "none in the file; classes are numbers" }
    let shown = labels.prefix(10).joined(separator: ", ")
    return labels.count > 10 ? shown + ", … (\(labels.count))" : shown
  }

  // MARK: Tables

  private var layerTable: [String] {
    var table = TextTable([
      .left("layer", most: 44), .left("kind", most: 40), .left("output", most: 20),
      .right("parameters"), .right("multiply-adds"), .right("sees"),
    ])
    for layer in inspection.layers {
      let kind =
        layer.words.settings.isEmpty
        ? layer.words.kind : "\(layer.words.kind) \(layer.words.settings)"
      table.add([
        layer.name, kind, layer.axes.map(String.init).joined(separator: "x"),
        layer.parameters > 0 ? String(layer.parameters) : "",
        layer.multiplyAdds > 0 ? String(layer.multiplyAdds) : "", layer.reach.words,
      ])
    }
    table.add([
      "all", "", "", String(inspection.trainableCount), String(inspection.multiplyAdds), "",
    ])
    return table.lines
  }

  private var sharingTable: [String] {
    let sharing = inspection.sharing
    guard sharing.shared > 0 else { return ["weight sharing: there is no convolution"] }
    var table = TextTable([
      .left("weight sharing in the convolutions", most: 60), .right("parameters"), .right("times"),
    ])
    for (words, count) in [
      ("one filter for all places, as it is", sharing.shared),
      ("a filter of its own for each place", sharing.unshared),
      ("dense layers between the same values", sharing.dense),
    ] {
      table.add([
        words, Magnitude.text(count), decimals(Double(count) / Double(sharing.shared), 1),
      ])
    }
    return table.lines
  }

  private var weightTable: [String] {
    var table = TextTable([
      .left("weight", most: 44), .left("axes", most: 20), .right("mean"), .right("deviation"),
      .right("least"), .right("greatest"), .right("zeros"), .right("no number"),
    ])
    for weight in inspection.weights where weight.axes.count > 1 {
      table.add([
        weight.name, weight.axes.map(String.init).joined(separator: "x"),
        decimals(weight.mean, 4), decimals(weight.standardDeviation, 4),
        decimals(Double(weight.least), 4), decimals(Double(weight.greatest), 4),
        weight.zeros > 0 ? Percentage.text(Double(weight.zeros) / Double(weight.count)) : "",
        weight.unusable > 0 ? String(weight.unusable) : "",
      ])
    }
    return table.lines
  }

  private var costLines: [String] {
    func megabytes(_ bytes: Int) -> String { decimals(Double(bytes) / 1e6, 1) + " MB" }
    func time(_ seconds: Double) -> String { decimals(1000 * seconds, 2) + " ms" }
    return [
      "for each image, sixteen side by side on "
        + (cost.threads == 1 ? "one thread" : "each of \(cost.threads) threads"),
      "  memory        \(megabytes(cost.forwardBytes)) forward, "
        + "\(megabytes(cost.gradientBytes)) with the gradient at the input; parameters "
        + megabytes(cost.parameterBytes),
      "  time          about \(time(cost.forwardSeconds)) forward, "
        + "\(time(cost.gradientSeconds)) with the gradient, estimated from a peak of "
        + "\(decimals(cost.peakOperationsPerSecond / 1e9, 0)) GFLOP/s and "
        + "\(decimals(cost.bytesPerSecond / 1e9, 0)) GB/s",
    ]
  }

  private var methodTable: [String] {
    var table = TextTable([
      .left("method", most: 30), .left("family", most: 14), .left("can be used", most: 120),
    ])
    for method in inspection.methods {
      table.add([
        method.description.name, method.description.family.rawValue,
        method.obstacle.map { "no: " + $0.obstacle } ?? "yes",
      ])
    }
    return table.lines + ["", "class activation maps are made of \(classMapLayer)"]
  }

  private var classMapLayer: String {
    guard let layer = inspection.classMapLayer else {
      return "nothing: no layer has rows and columns"
    }
    return "\(layer.name) (\(layer.shape)) unless layer= names another"
  }
}

extension InspectedLayer.Reach {
  var words: String {
    switch self {
    case .window(let sides): sides.map(String.init).joined(separator: "x")
    case .windowAndAll(let sides): sides.map(String.init).joined(separator: "x") + " + all"
    case .all: "all"
    }
  }
}

extension ModelNote {
  /// What people should know; nothing if `inspect` says it elsewhere.
  fileprivate var words: String? {
    switch self {
    case .producer(let name, let version):
      "made by \(name)" + (version.isEmpty ? "" : " \(version)")
    case .operatorSet(let number): "operator set \(number)"
    case .fixedBatch(let count):
      "made for \(count) at a time; any number goes through all the same"
    case .quantizedActivationsInFloat:
      "quantised activations are computed in float, cut off where their integers end"
    case .convertedWeights: "weights were converted to 32-bit floats"
    case .finalActivationSteppedBehind: nil
    case .decisionSteppedBehind(let output, let scores):
      "the output '\(output)' names the answer; '\(scores)' holds the scores and is read"
    case .sizeAssumed(let size):
      "the file leaves the pictures' size open; \(size) is assumed (say it with --size)"
    case .withoutChannels(let shape):
      "declared as \(shape.axes.axesWords), without an axis of channels"
    case .otherOutputs(let names): "not read: the outputs " + names.joined(separator: ", ")
    case .channelsLast: "declared with the channels last"
    }
  }
}
