import Networks

/// What a layer is called in tables and diagrams: its kind, and its settings.
public struct LayerWords: Sendable, Hashable {
  /// `convolution`, `max pooling`, …
  public let kind: String

  /// `7x7, stride 2`; empty if there is nothing to say.
  public let settings: String

  init(_ operation: Operation) {
    (kind, settings) =
      switch operation {
      case .arithmetic(let layer): (layer.kind.word, "")
      case .arithmeticConstant(let layer): (layer.kind.word, "a constant")
      case .averagePooling(let layer): ("average pooling", layer.window.words)
      case .batchNormalization: ("batch normalisation", "")
      case .concatenation: ("concatenation", "")
      case .convolution(let layer):
        (
          layer.groups > 1 && layer.groups == layer.outputChannels
            ? "depthwise convolution" : layer.groups > 1 ? "grouped convolution" : "convolution",
          layer.words
        )
      case .dense: ("dense", "")
      case .depthToSpace(let layer): ("depth to space", "blocks of \(layer.block)")
      case .dropout: ("dropout", "")
      case .expand: ("expansion", "")
      case .gather: ("gathering", "")
      case .globalPooling(let layer): ("global \(layer.kind) pooling", "")
      case .groupNormalization(let layer):
        switch layer.grouping {
        case .instance: ("instance normalisation", "")
        case .groups(let groups): ("group normalisation", "\(groups) groups")
        }
      case .identity: ("identity", "")
      case .layerNormalization(let layer):
        (layer.centers ? "layer normalisation" : "RMS normalisation", "")
      case .localResponseNormalization(let layer):
        ("local response normalisation", "\(layer.size) channels")
      case .lpNormalization(let layer): ("\(layer.norm) normalisation", "")
      case .matrixProduct: ("matrix product", "")
      case .maxPooling(let layer): ("max pooling", layer.window.words)
      case .padding: ("padding", "")
      case .parametricReLU: ("parametric ReLU", "")
      case .pointwise(let layer): (layer.kind.word, "")
      case .reduction(let layer): ("\(layer.kind) over axes", "")
      case .reshape: ("reshape", "")
      case .resize: ("resizing", "")
      case .slice: ("slice", "")
      case .softmax(let layer): (layer.kind == .softmax ? "softmax" : "log-softmax", "")
      case .spaceToDepth(let layer): ("space to depth", "blocks of \(layer.block)")
      case .tile: ("tiling", "")
      case .transpose: ("transpose", "")
      case .transposedConvolution(let layer):
        ("transposed convolution", "\(layer.vertical.kernel)x\(layer.horizontal.kernel)")
      }
  }
}

extension Convolution {
  fileprivate var words: String {
    var words = ["\(vertical.kernel)x\(horizontal.kernel)"]
    let (stride, dilation) = (horizontal.stride, horizontal.dilation)
    if vertical.stride != stride {
      words.append("stride \(vertical.stride)x\(stride)")
    } else if stride > 1 {
      words.append("stride \(stride)")
    }
    if dilation > 1 { words.append("dilation \(dilation)") }
    if groups > 1, groups != outputChannels { words.append("\(groups) groups") }
    return words.joined(separator: ", ")
  }
}

extension PoolingWindow {
  fileprivate var words: String {
    let size = "\(vertical.kernel)x\(horizontal.kernel)"
    return horizontal.stride > 1 ? size + ", stride \(horizontal.stride)" : size
  }
}

extension ArithmeticKind {
  fileprivate var word: String {
    switch self {
    case .add: "sum"
    case .divide: "quotient"
    case .maximum: "maximum"
    case .minimum: "minimum"
    case .multiply: "product"
    case .power: "power"
    case .subtract: "difference"
    }
  }
}

extension PointwiseKind {
  fileprivate var word: String {
    switch self {
    case .absolute: "magnitude"
    case .celu: "CELU"
    case .ceiling, .floor, .round: "rounding"
    case .clippedReLU(let low, let high): low == 0 && high == 6 ? "ReLU6" : "clip"
    case .cosine: "cosine"
    case .elu: "ELU"
    case .erf: "error function"
    case .exponential: "exponential"
    case .gelu: "GELU"
    case .hardSigmoid: "hard sigmoid"
    case .hardSwish: "hard swish"
    case .leakyReLU: "leaky ReLU"
    case .logarithm: "logarithm"
    case .mish: "Mish"
    case .negation: "negation"
    case .power: "power"
    case .reciprocal: "reciprocal"
    case .relu: "ReLU"
    case .selu: "SELU"
    case .sigmoid: "sigmoid"
    case .sign: "sign"
    case .silu: "SiLU"
    case .sine: "sine"
    case .softplus: "softplus"
    case .softsign: "softsign"
    case .square: "square"
    case .squareRoot: "square root"
    case .tanh: "tanh"
    case .thresholdedReLU: "thresholded ReLU"
    }
  }
}
