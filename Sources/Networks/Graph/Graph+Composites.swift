import Tensors

// Operations of other programs that are several of ours.
extension Graph {
  /// Cuts a value into parts of these lengths along an axis; the parts are `name/0`, `name/1`, …
  /// unless `outputs` names them.
  public mutating func addSplit(
    _ value: ValueID, axis: Int, lengths: [Int], name: String, outputs: [String]? = nil
  ) throws(GraphError) -> [ValueID] {
    var parts: [ValueID] = []
    var start = 0
    for (index, length) in lengths.enumerated() {
      let cut = Slice.Cut(axis: axis, from: start, to: start + length)
      parts.append(
        try add(
          .slice(Slice([cut])), name: "\(name)/\(index)", inputs: [value], output: outputs?[index]))
      start += length
    }
    let shape = self[value].shape
    guard start == shape[axis] else {
      throw .shape(
        node: name, .wrongLength(input: 0, axis: axis, found: shape[axis], expected: start))
    }
    return parts
  }

  /// Adds up (multiplies, takes the largest of, …) any number of values, two at a time.
  public mutating func addFold(
    _ kind: ArithmeticKind, _ values: [ValueID], name: String, output: String? = nil
  ) throws(GraphError) -> ValueID {
    guard var folded = values.first else {
      throw .shape(node: name, .wrongInputCount(found: 0, expected: 1...Int.max))
    }
    if values.count == 1 {
      return try add(.identity(Identity()), name: name, inputs: values, output: output)
    }
    for (index, value) in values.enumerated().dropFirst() {
      let isLast = index == values.count - 1
      folded = try add(
        .arithmetic(Arithmetic(kind)), name: isLast ? name : "\(name)/\(index)",
        inputs: [folded, value], output: isLast ? output : nil)
    }
    return folded
  }

  /// The mean of any number of values: their sum times a constant.
  public mutating func addMean(
    _ values: [ValueID], name: String, output: String? = nil
  ) throws(GraphError) -> ValueID {
    let sum = try addFold(.add, values, name: "\(name)/sum")
    let share = addParameter(
      Parameter("\(name)/share", [], [1 / Float(values.count)], isTrainable: false))
    return try add(
      .arithmeticConstant(ArithmeticConstant(.multiply, constant: .right)), name: name,
      inputs: [sum], parameters: [share], output: output)
  }
}
