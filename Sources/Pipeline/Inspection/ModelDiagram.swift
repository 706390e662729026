public import ModelFiles
import Networks
public import Rendering
import Tensors

extension Diagram {
  /// The network as boxes: one for each layer that does something of its own, with the
  /// normalisations and activations behind it written into it.
  public init(_ inspection: ModelInspection, of model: ModelFile, title: String, subtitle: String) {
    self.init(title: title, subtitle: subtitle, boxes: [], arrows: [])
    let graph = model.graph
    boxes.append(
      Box(
        .ends, title: "input", shape: model.inputShape.description,
        name: graph[model.input].name))
    let readers = inspection.layers.reduce(into: [Graph.ValueID: Int]()) { count, layer in
      for input in layer.inputs { count[input, default: 0] += 1 }
    }
    let most = Double(max(1, inspection.layers.map(\.multiplyAdds).max() ?? 1))
    var boxOfValue = [model.input: 0]
    var additions: [Int: [String]] = [:]
    for layer in inspection.layers {
      if layer.isAccessory, layer.inputs.count == 1, let box = boxOfValue[layer.inputs[0]],
        box > 0, readers[layer.inputs[0]] == 1, layer.inputs[0] != model.logits
      {
        additions[box, default: []].append(layer.words.kind)
        boxOfValue[layer.output] = box
        boxes[box].shape = graph[layer.output].shape.description
        continue
      }
      let number = boxes.count
      boxes.append(
        Box(
          layer.role, title: layer.title, shape: graph[layer.output].shape.description,
          detail: layer.figures, name: layer.name, share: Double(layer.multiplyAdds) / most))
      for input in Set(layer.inputs).sorted(by: { $0.index < $1.index }) {
        if let source = boxOfValue[input] { arrows.append(Arrow(from: source, to: number)) }
      }
      boxOfValue[layer.output] = number
    }
    for (box, kinds) in additions {
      let own = boxes[box].detail
      boxes[box].detail = kinds.joined(separator: ", ") + (own.isEmpty ? "" : " · " + own)
    }
    boxes.append(
      Box(
        .ends, title: "output", shape: "\(model.classCount) classes",
        name: graph[model.output].name))
    if let last = boxOfValue[model.output] {
      arrows.append(Arrow(from: last, to: boxes.count - 1))
    }
  }
}

extension InspectedLayer {
  /// Written into the box of the layer before it.
  fileprivate var isAccessory: Bool {
    switch operation {
    case .pointwise, .batchNormalization, .dropout, .identity, .reshape, .parametricReLU,
      .arithmeticConstant, .softmax:
      true
    case .arithmetic, .averagePooling, .concatenation, .convolution, .dense, .depthToSpace,
      .expand, .gather, .globalPooling, .groupNormalization, .layerNormalization,
      .localResponseNormalization, .lpNormalization, .matrixProduct, .maxPooling, .padding,
      .reduction, .resize, .slice, .spaceToDepth, .tile, .transpose, .transposedConvolution:
      false
    }
  }

  fileprivate var role: Diagram.Role {
    switch operation {
    case .convolution, .transposedConvolution: .convolution
    case .dense, .matrixProduct: .dense
    case .maxPooling, .averagePooling, .globalPooling, .reduction: .pooling
    case .batchNormalization, .groupNormalization, .layerNormalization,
      .localResponseNormalization, .lpNormalization:
      .normalization
    case .pointwise, .parametricReLU, .softmax: .activation
    case .arithmetic, .arithmeticConstant, .concatenation: .joining
    case .depthToSpace, .dropout, .expand, .gather, .identity, .padding, .reshape, .resize, .slice,
      .spaceToDepth, .tile, .transpose:
      .shaping
    }
  }

  fileprivate var title: String {
    words.settings.isEmpty ? words.kind : words.kind + " " + words.settings
  }

  /// Parameters and multiply-adds, if it has any.
  fileprivate var figures: String {
    var parts: [String] = []
    if parameters > 0 { parts.append(Magnitude.text(parameters) + " parameters") }
    if multiplyAdds > 0 { parts.append(Magnitude.text(multiplyAdds) + " multiply-adds") }
    return parts.joined(separator: " · ")
  }
}

/// Large numbers to three digits: `9.41 k`, `118 M`.
public enum Magnitude {
  public static func text(_ number: Int) -> String {
    var value = Double(number)
    guard value.magnitude >= 1000 else { return String(number) }
    for unit in ["k", "M", "G", "T", "P"] {
      value /= 1000
      let places = value.magnitude < 9.995 ? 2 : value.magnitude < 99.95 ? 1 : 0
      let scale = [1.0, 10, 100][places]
      let rounded = (value * scale).rounded() / scale
      guard rounded.magnitude >= 1000 else {
        return (places == 0 ? String(Int(rounded)) : padded(rounded, places)) + " " + unit
      }
    }
    return String(number)
  }

  private static func padded(_ value: Double, _ places: Int) -> String {
    let scale = places == 1 ? 10 : 100
    let whole = Int((value * Double(scale)).rounded())
    let rest = String(whole % scale)
    return "\(whole / scale)." + String(repeating: "0", count: places - rest.count) + rest
  }
}
