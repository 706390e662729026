import Networks

/// A node that is being read: its inputs as far as they are known, and its attributes.
struct NodeContext {
  let node: ONNX.Node

  /// The edition of ONNX's operators that the file means.
  let operatorSet: Int
  let inputs: [ImportedValue?]

  /// The batch size to compute with where it cannot stay a symbol: one. Every file that leaves it
  /// open means something for a batch of one; a file that fixes another has none to fall back on.
  let batch: Int?

  /// The same node with a value that flows in place of an input.
  func replacing(_ index: Int, by activation: Activation) -> NodeContext {
    var inputs = inputs
    inputs[index] = .activation(activation)
    return NodeContext(node: node, operatorSet: operatorSet, inputs: inputs, batch: batch)
  }

  /// What the node is called in errors and in the network.
  var label: String { node.label }
}

// MARK: - Inputs

extension NodeContext {
  func requireInputs(_ expected: ClosedRange<Int>) throws(NodeProblem) {
    guard expected.contains(inputs.count) else {
      throw .wrongInputCount(found: inputs.count, expected: expected)
    }
  }

  /// An input that may be left out.
  func optional(_ index: Int) -> ImportedValue? {
    index < inputs.count ? inputs[index] : nil
  }

  func value(_ index: Int) throws(NodeProblem) -> ImportedValue {
    guard let value = optional(index) else { throw .missingInput(index) }
    return value
  }

  func activation(_ index: Int) throws(NodeProblem) -> Activation {
    switch try value(index) {
    case .activation(let activation): return activation
    case .constant: throw .missingInput(index)
    }
  }

  func constant(_ index: Int) throws(NodeProblem) -> Constant {
    switch try value(index) {
    case .constant(let constant): return constant
    case .activation: throw .inputNotConstant(index)
    }
  }

  func optionalConstant(_ index: Int) throws(NodeProblem) -> Constant? {
    optional(index) == nil ? nil : try constant(index)
  }

  /// A constant input as a list of numbers, those that depend on the batch size for one sample.
  func integers(_ index: Int) throws(NodeProblem) -> [Int] {
    var known: [Int] = []
    for value in try constant(index).integers() {
      guard let number = value.value(batch: batch) else { throw .lengthDependsOnBatch }
      known.append(number)
    }
    return known
  }

  /// A constant input of one number.
  func float(_ index: Int) throws(NodeProblem) -> Float {
    let values = try constant(index).floats()
    guard values.count == 1 else {
      throw .wrongAttribute(name: "input \(index)", value: "\(values.count) numbers")
    }
    return values[0]
  }
}

// MARK: - Attributes

extension NodeContext {
  private func attribute(_ name: String) -> ONNX.Attribute? { node.attribute(name) }

  func has(_ name: String) -> Bool { attribute(name) != nil }

  func integer(_ name: String) -> Int? { attribute(name)?.integer.map(Int.init) }

  func integer(_ name: String, default standard: Int) -> Int { integer(name) ?? standard }

  func flag(_ name: String, default standard: Bool = false) -> Bool {
    integer(name, default: standard ? 1 : 0) != 0
  }

  func float(_ name: String, default standard: Float) -> Float {
    attribute(name)?.float ?? standard
  }

  func text(_ name: String, default standard: String) -> String {
    attribute(name)?.text ?? standard
  }

  func integers(_ name: String) -> [Int]? { attribute(name)?.integers.map(Int.init) }

  func floats(_ name: String) -> [Float]? { attribute(name)?.floats }

  func tensor(_ name: String) -> ONNX.Tensor? { attribute(name)?.tensor }

  /// A list of numbers that older operator sets give as an attribute and newer ones as an input.
  func integers(_ name: String, orInput index: Int) throws(NodeProblem) -> [Int]? {
    if let values = integers(name) { return values }
    return optional(index) == nil ? nil : try integers(index)
  }

  /// Refuses a setting that only has one supported value.
  func require(_ name: String, _ value: String, default standard: String) throws(NodeProblem) {
    let found = text(name, default: standard)
    guard found == value else { throw .unsupportedSetting(name: name, value: found) }
  }
}
