import FoundationEssentials
import Networks
import Tensors
import TestSupport
import Testing

/// The networks of `fixtures/reference/networks/make_networks.py`.
enum ReferenceNetworks {
  static let all: [ReferenceNetwork] = {
    struct File: Decodable { let networks: [ReferenceNetwork] }
    do {
      let file = try JSONDecoder().decode(
        File.self, from: Fixtures.data("reference/networks/networks.json"))
      return file.networks
    } catch {
      fatalError("networks.json: \(error)")
    }
  }()

  static let numbers: [Float] = {
    do {
      let data = try Fixtures.data("reference/networks/networks.bin")
      return stride(from: 0, to: data.count, by: 4).map { start in
        Float(
          bitPattern: (0..<4).reduce(0) { bits, byte in
            bits | UInt32(data[start + byte]) << UInt32(8 * byte)
          })
      }
    } catch {
      fatalError("networks.bin: \(error)")
    }
  }()
}

/// A network, a batch, and what PyTorch made of them.
struct ReferenceNetwork: Decodable, Sendable, CustomTestStringConvertible {
  let name: String
  let labels: [Int]
  let images: Place
  let logits: Place
  let loss: Double
  let parameters: [String: Place]
  let gradients: [String: Place]
  let imageGradient: Place

  /// The running statistics of batch normalisation after the step.
  let running: [String: Place]

  /// Where an array's numbers are in the binary file.
  struct Place: Decodable, Sendable {
    let shape: [Int]
    let offset: Int
  }

  var testDescription: String { name }

  func floats(_ place: Place) -> [Float] {
    Array(ReferenceNetworks.numbers[place.offset..<place.offset + place.shape.reduce(1, *)])
  }

  func numbers(_ place: Place) -> [Double] { floats(place).map(Double.init) }

  /// The samples of an array whose first axis they are.
  func samples(_ place: Place) -> [[Float]] {
    let all = floats(place)
    let length = all.count / place.shape[0]
    return (0..<place.shape[0]).map { Array(all[$0 * length..<($0 + 1) * length]) }
  }

  /// The network in our terms; parameters have PyTorch's names.
  func graph() throws -> Graph {
    var builder = try NetworkBuilder(self)
    switch name {
    case "lenet": try builder.addLeNet()
    case "residual": try builder.addResidual()
    case "separable": try builder.addSeparable()
    default: Issue.record("no network \(name)")
    }
    return builder.graph
  }
}

/// Adds layers one after another, with the parameters of the reference.
private struct NetworkBuilder {
  let reference: ReferenceNetwork
  var graph = Graph()
  var value: Graph.ValueID

  init(_ reference: ReferenceNetwork) throws {
    self.reference = reference
    value = try graph.addInput("images", Shape(Array(reference.images.shape.dropFirst())))
  }

  mutating func addLeNet() throws {
    for name in ["first", "second"] {
      try addConvolution(name, kernel: 5, padding: 2)
      try add(.pointwise(Pointwise(.relu)), "\(name).relu")
      try add(.maxPooling(MaxPooling(.square(2))), "\(name).pool")
    }
    try addDense()
  }

  mutating func addResidual() throws {
    try addConvolution("stem", kernel: 3, padding: 1)
    try addNormalization("stemNorm", rectifies: true)
    var shortcut = value
    try addConvolution("a1", kernel: 3, padding: 1)
    try addNormalization("a1Norm", rectifies: true)
    try addConvolution("a2", kernel: 3, padding: 1)
    try addNormalization("a2Norm", rectifies: false)
    try addSum("a", shortcut)
    let block = value
    try addConvolution("shortcut", kernel: 1, stride: 2)
    try addNormalization("shortcutNorm", rectifies: false)
    shortcut = value
    value = block
    try addConvolution("b1", kernel: 3, stride: 2, padding: 1)
    try addNormalization("b1Norm", rectifies: true)
    try addConvolution("b2", kernel: 3, padding: 1)
    try addNormalization("b2Norm", rectifies: false)
    try addSum("b", shortcut)
    try add(.globalPooling(GlobalPooling(.average)), "mean")
    try addDense()
  }

  mutating func addSeparable() throws {
    let convolutions = [
      (name: "stem", kernel: 3, stride: 2, padding: 1, groups: 1),
      ("depthwise1", 3, 1, 1, 8), ("pointwise1", 1, 1, 0, 1), ("depthwise2", 3, 2, 1, 16),
      ("pointwise2", 1, 1, 0, 1),
    ]
    for (name, kernel, stride, padding, groups) in convolutions {
      try addConvolution(name, kernel: kernel, stride: stride, padding: padding, groups: groups)
      try add(.pointwise(Pointwise(.clippedReLU(low: 0, high: 6))), "\(name).relu6")
    }
    try add(.globalPooling(GlobalPooling(.average)), "mean")
    try addDense()
  }

  private mutating func add(
    _ operation: Networks.Operation, _ name: String, parameters: [Graph.ParameterID] = []
  ) throws {
    value = try graph.add(operation, name: name, inputs: [value], parameters: parameters)
  }

  private mutating func addConvolution(
    _ name: String, kernel: Int, stride: Int = 1, padding: Int = 0, groups: Int = 1
  ) throws {
    let parameters = addParameters(name)
    try add(
      .convolution(
        Convolution(
          outputChannels: graph[parameters[0]].shape[0], kernel: kernel, stride: stride,
          padding: padding, groups: groups)),
      name, parameters: parameters)
  }

  private mutating func addNormalization(_ name: String, rectifies: Bool) throws {
    var parameters = addParameters(name)
    let shape = graph[parameters[0]].shape
    for (statistic, start) in [("running_mean", Float(0)), ("running_var", 1)] {
      parameters.append(
        graph.addParameter(
          Parameter(
            "\(name).\(statistic)", shape, Array(repeating: start, count: shape.count),
            isTrainable: false)))
    }
    try add(.batchNormalization(BatchNormalization()), name, parameters: parameters)
    if rectifies { try add(.pointwise(Pointwise(.relu)), "\(name).relu") }
  }

  /// The value plus another, then ReLU.
  private mutating func addSum(_ name: String, _ other: Graph.ValueID) throws {
    value = try graph.add(
      .arithmetic(Arithmetic(.add)), name: "\(name).sum", inputs: [value, other])
    try add(.pointwise(Pointwise(.relu)), "\(name).relu")
  }

  private mutating func addDense() throws {
    let parameters = addParameters("dense")
    try add(
      .dense(Dense(outputs: graph[parameters[0]].shape[0])), "dense", parameters: parameters)
    graph.markOutput(value)
  }

  /// Adds a module's weight and, if there is one, its bias.
  private mutating func addParameters(_ module: String) -> [Graph.ParameterID] {
    ["weight", "bias"].compactMap { kind in
      reference.parameters["\(module).\(kind)"].map { place in
        graph.addParameter(
          Parameter("\(module).\(kind)", Shape(place.shape), reference.floats(place)))
      }
    }
  }
}
