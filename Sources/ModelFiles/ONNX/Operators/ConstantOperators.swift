/// Operators that only ever make constants.
enum ConstantOperators {
  static let table: [String: Operator] = [
    "Constant": Operator(fold: constant),
    "ConstantOfShape": Operator(fold: constantOfShape),
    "Range": Operator(fold: range),
  ]

  static func constant(_ context: NodeContext) throws(NodeProblem) -> [Constant] {
    if let tensor = context.tensor("value") {
      do {
        let stored = try StoredTensor(tensor) { (_) throws(TensorProblem) in throw .noFolder }
        return [Constant(stored, name: context.node.outputs.first ?? "")]
      } catch {
        throw .tensor(error)
      }
    }
    if let value = context.integer("value_int") {
      return [Constant(axes: [], integers: [SymbolicInteger(value)])]
    }
    if context.has("value_float") {
      return [Constant(axes: [], floats: [context.float("value_float", default: 0)])]
    }
    if let values = context.integers("value_ints"), context.has("value_ints") {
      return [Constant(axes: [values.count], integers: values.map(SymbolicInteger.init))]
    }
    if let values = context.floats("value_floats") {
      return [Constant(axes: [values.count], floats: values)]
    }
    throw .missingAttribute("value")
  }

  /// The given shape filled with one number. A batch axis becomes one of length one, which
  /// broadcasts.
  static func constantOfShape(_ context: NodeContext) throws(NodeProblem) -> [Constant] {
    try context.requireInputs(1...1)
    let axes = try context.constant(0).integers().map { $0 == .batch ? 1 : $0.known ?? -1 }
    let count = try ConstantIndexing.checkedCount(axes)
    guard let tensor = context.tensor("value") else {
      return [Constant(axes: axes, floats: Array(repeating: 0, count: count))]
    }
    do throws(TensorProblem) {
      let stored = try StoredTensor(tensor) { (_) throws(TensorProblem) in throw .noFolder }
      guard stored.count == 1 else {
        throw TensorProblem.wrongSize(found: stored.count, expected: 1)
      }
      if stored.elementType.isFloat {
        return [Constant(axes: axes, floats: Array(repeating: stored.floats()[0], count: count))]
      }
      let value = SymbolicInteger(stored.integers()[0])
      return [Constant(axes: axes, integers: Array(repeating: value, count: count))]
    } catch {
      throw .tensor(error)
    }
  }

  static func range(_ context: NodeContext) throws(NodeProblem) -> [Constant] {
    try context.requireInputs(3...3)
    if try context.constant(0).isFloat {
      let (start, limit, step) = (
        try context.float(0), try context.float(1), try context.float(2)
      )
      let count = ((limit - start) / step).rounded(.up)
      guard count.magnitude < Float(ReadingLimits.foldedElements) else {
        throw .wrongAttribute(name: "delta", value: "\(step)")
      }
      let length = max(0, Int(count))
      return [Constant(axes: [length], floats: (0..<length).map { start + Float($0) * step })]
    }
    let bounds = try (0..<3).map { (index) throws(NodeProblem) in
      let numbers = try context.integers(index)
      guard numbers.count == 1, numbers[0].magnitude < 1 << 40 else {
        throw .inputNotInteger(index)
      }
      return numbers[0]
    }
    guard bounds[2] != 0 else { throw .wrongAttribute(name: "delta", value: "0") }
    let values = stride(from: bounds[0], to: bounds[1], by: bounds[2])
    let count = (bounds[1] - bounds[0]) / bounds[2]
    guard count < ReadingLimits.foldedElements else { throw .tooLarge(axes: [count]) }
    let integers = values.map(SymbolicInteger.init)
    return [Constant(axes: [integers.count], integers: integers)]
  }
}
