public import Attribution
public import ModelFiles
public import Networks
import Tensors

/// A model looked at: its layers, its weights, what it costs, what can explain it.
public struct ModelInspection: Sendable {
  public let layers: [InspectedLayer]
  public let weights: [WeightStatistics]

  /// All convolutions together.
  public let sharing: WeightSharing
  public let methods: [InspectedMethod]

  /// What class activation maps are made of unless a layer is named; nothing if no layer has rows and
  /// columns.
  public let classMapLayer: SpatialLayer?

  /// How many numbers training could change, and how many others the network holds (running
  /// statistics, constants).
  public let trainableCount: Int
  public let otherCount: Int
  public let multiplyAdds: Int

  public init(_ model: ModelFile) {
    let graph = model.graph
    let fields = graph.receptiveFields
    let spatial = model.inputShape.axes.dropFirst().map(\.self)
    layers = graph.nodeIDs.map { id in
      InspectedLayer(graph, id, field: fields[graph[id].output.index], inputAxes: spatial)
    }
    weights = graph.parameters.filter(\.isTrainable).map(WeightStatistics.init)
    sharing = layers.compactMap(\.sharing)
      .reduce(WeightSharing(shared: 0, unshared: 0, dense: 0), +)
    trainableCount = graph.trainableCount
    otherCount = graph.parameters.reduce(0) { $0 + $1.values.count } - trainableCount
    multiplyAdds = graph.multiplyAdds
    let pictures = try? PicturePreparation(model.inputShape, model.information.preparation)
    let network = NetworkModel(
      model.graph, input: model.input, logits: model.logits,
      space: pictures?.space ?? .unit(channels: model.inputShape[0]))
    methods = MethodCatalogue.all.map { InspectedMethod($0, network) }
    classMapLayer = network.spatialLayers.last
  }
}

/// One layer of a table.
public struct InspectedLayer: Sendable {
  public let name: String
  public let words: LayerWords
  public let operation: Operation
  public let inputs: [Graph.ValueID]
  public let output: Graph.ValueID

  /// The axes of what it makes.
  public let axes: [Int]

  /// The numbers that training could change; a weight used twice counts twice here.
  public let parameters: Int
  public let multiplyAdds: Int
  public let reach: Reach
  public let sharing: WeightSharing?

  /// What an element of its output sees of the input.
  public enum Reach: Sendable, Hashable {
    /// A window of so many inputs along each spatial axis.
    case window([Int])

    /// A window, and besides it all the rest through a gate or a normalisation.
    case windowAndAll([Int])
    case all
  }

  init(_ graph: Graph, _ id: Graph.NodeID, field: ReceptiveField?, inputAxes: [Int]) {
    let node = graph[id]
    name = node.name
    words = LayerWords(node.operation)
    operation = node.operation
    inputs = node.inputs
    output = node.output
    axes = graph[node.output].shape.axes
    parameters = node.parameters.reduce(0) {
      $0 + (graph[$1].isTrainable ? graph[$1].values.count : 0)
    }
    multiplyAdds = graph.multiplyAdds(of: id)
    reach = Reach(field, inputAxes)
    sharing = graph.weightSharing(of: id)
  }
}

extension InspectedLayer.Reach {
  fileprivate init(_ field: ReceptiveField?, _ axes: [Int]) {
    guard let field, let window = field.window else {
      self = .all
      return
    }
    self = field.seesAllBesides ? .windowAndAll(window) : .window(window)
  }
}

/// Whether a method of the catalogue can be used on a model.
public struct InspectedMethod: Sendable {
  public let description: MethodDescription

  /// Why it cannot, if it cannot.
  public let obstacle: MethodError?

  init(_ description: MethodDescription, _ network: NetworkModel) {
    self.description = description
    do {
      try MethodSpecification(description.name).check(network, explaining: .logit(0))
      obstacle = nil
    } catch {
      obstacle = error
    }
  }
}
