public import Tensors

/// A network: named values, the nodes that make them, and the parameters these use.
///
/// Nodes stand in an order in which they can run: a node's inputs exist when it is added. A value may
/// be used any number of times, and so may a parameter, which is how filters are shared between
/// places of a graph.
public struct Graph: Sendable {
  public private(set) var values: [Value] = []
  public private(set) var nodes: [Node] = []
  public private(set) var parameters: [Parameter] = []
  public private(set) var inputs: [ValueID] = []
  public private(set) var outputs: [ValueID] = []
  private var valueNamed: [String: ValueID] = [:]

  public init() {}

  /// Adds a value that the caller of the network provides.
  @discardableResult
  public mutating func addInput(_ name: String, _ shape: Shape) throws(GraphError) -> ValueID {
    let id = try addValue(name, shape, producer: nil)
    inputs.append(id)
    return id
  }

  @discardableResult
  public mutating func addParameter(_ parameter: Parameter) -> ParameterID {
    parameters.append(parameter)
    return ParameterID(index: parameters.count - 1)
  }

  /// Adds a node and the value it makes, whose shape follows from its inputs.
  ///
  /// The value has the node's name unless `output` gives it another.
  @discardableResult
  public mutating func add(
    _ operation: Operation, name: String, inputs: [ValueID], parameters: [ParameterID] = [],
    output: String? = nil
  ) throws(GraphError) -> ValueID {
    let shape: Shape
    do {
      shape = try operation.layer.outputShape(
        inputs: inputs.map { self[$0].shape }, parameters: parameters.map { self[$0].shape })
    } catch {
      throw .shape(node: name, error)
    }
    let id = try addValue(output ?? name, shape, producer: NodeID(index: nodes.count))
    nodes.append(
      Node(
        name: name, operation: operation, inputs: inputs, parameters: parameters, output: id))
    return id
  }

  /// Declares a value to be one that callers usually want, in the order of these calls.
  public mutating func markOutput(_ value: ValueID) { outputs.append(value) }

  private mutating func addValue(
    _ name: String, _ shape: Shape, producer: NodeID?
  ) throws(GraphError) -> ValueID {
    guard valueNamed[name] == nil else { throw .duplicateValue(name: name) }
    let id = ValueID(index: values.count)
    valueNamed[name] = id
    values.append(Value(name: name, shape: shape, producer: producer))
    return id
  }
}

extension Graph {
  /// A value that flows through the network; its number in ``Graph/values``.
  public struct ValueID: Hashable, Sendable { public let index: Int }

  /// A node's number in ``Graph/nodes``.
  public struct NodeID: Hashable, Sendable { public let index: Int }

  /// A parameter's number in ``Graph/parameters``.
  public struct ParameterID: Hashable, Sendable { public let index: Int }

  public struct Value: Sendable {
    public let name: String
    public let shape: Shape

    /// The node that makes it; nothing for an input.
    public let producer: NodeID?
  }

  public struct Node: Sendable {
    public let name: String
    public let operation: Operation
    public let inputs: [ValueID]
    public let parameters: [ParameterID]
    public let output: ValueID
  }
}

extension Graph {
  public subscript(id: ValueID) -> Value { values[id.index] }
  public subscript(id: NodeID) -> Node { nodes[id.index] }

  public subscript(id: ParameterID) -> Parameter {
    get { parameters[id.index] }
    set {
      precondition(
        newValue.shape == parameters[id.index].shape, "parameter \(newValue.name) changed shape")
      parameters[id.index] = newValue
    }
  }

  /// The value of that name, if there is one.
  public func value(named name: String) -> ValueID? { valueNamed[name] }

  /// The parameters that training may change.
  public var trainableParameters: [ParameterID] {
    parameters.indices.filter { parameters[$0].isTrainable }.map(ParameterID.init(index:))
  }

  /// How many numbers training can change.
  public var trainableCount: Int {
    parameters.reduce(0) { $0 + ($1.isTrainable ? $1.values.count : 0) }
  }
}

/// What can be wrong with a graph, with the node's name.
public enum GraphError: Error, Equatable {
  case duplicateValue(name: String)
  case shape(node: String, ShapeError)
}
