import Tensors

/// Arithmetic on constants, element by element, with NumPy's broadcasting.
enum ConstantArithmetic {
  typealias IntegerFunction =
    @Sendable (SymbolicInteger, SymbolicInteger) throws(NodeProblem) -> SymbolicInteger

  /// An operator of two inputs or more, applied from left to right.
  static func binary(
    _ floats: @escaping @Sendable (Float, Float) -> Float, _ integers: @escaping IntegerFunction
  ) -> Operator.Fold {
    { (context) throws(NodeProblem) in
      try context.requireInputs(1...64)
      var result = try context.constant(0)
      for index in 1..<max(1, context.inputs.count) {
        result = try apply(result, try context.constant(index), floats, integers)
      }
      return [result]
    }
  }

  private static func apply(
    _ a: Constant, _ b: Constant, _ floats: (Float, Float) -> Float, _ integers: IntegerFunction
  ) throws(NodeProblem) -> Constant {
    let axes = try ConstantIndexing.broadcast(a.axes, b.axes)
    let count = try ConstantIndexing.checkedCount(axes, source: max(a.count, b.count))
    if a.isFloat || b.isFloat {
      let (x, y) = (try a.floats(), try b.floats())
      if x.count == count, y.count == 1 {
        return Constant(axes: axes, floats: x.map { floats($0, y[0]) })
      }
      let left = try ConstantIndexing.broadcastIndices(a.axes, to: axes)
      let right = try ConstantIndexing.broadcastIndices(b.axes, to: axes)
      return Constant(axes: axes, floats: (0..<count).map { floats(x[left[$0]], y[right[$0]]) })
    }
    let left = try a.picking(ConstantIndexing.broadcastIndices(a.axes, to: axes), axes: axes)
    let right = try b.picking(ConstantIndexing.broadcastIndices(b.axes, to: axes), axes: axes)
    var values: [SymbolicInteger] = []
    for (x, y) in zip(try left.integers(), try right.integers()) {
      values.append(try integers(x, y))
    }
    return Constant(axes: axes, integers: values)
  }

  /// A function of one input. Where integers have none of their own they become floats.
  static func unary(
    _ floats: @escaping @Sendable (Float) -> Float,
    _ integers: (@Sendable (SymbolicInteger) throws(NodeProblem) -> SymbolicInteger)? = nil
  ) -> Operator.Fold {
    { (context) throws(NodeProblem) in
      let constant = try context.constant(0)
      if !constant.isFloat, let integers {
        let values = try constant.integers().map(integers)
        return [Constant(axes: constant.axes, integers: values)]
      }
      return [Constant(axes: constant.axes, floats: try constant.floats().map(floats))]
    }
  }

  /// A comparison; its result is one or zero.
  static func comparison(
    _ floats: @escaping @Sendable (Float, Float) -> Bool,
    _ integers: @escaping @Sendable (Int, Int) -> Bool
  ) -> Operator.Fold {
    { (context) throws(NodeProblem) in
      try context.requireInputs(2...2)
      let (a, b) = (try context.constant(0), try context.constant(1))
      let known: IntegerFunction = { (x, y) throws(NodeProblem) in
        SymbolicInteger(try compare(x, y, integers) ? 1 : 0)
      }
      let fold = binary({ floats($0, $1) ? 1 : 0 }, known)
      let result = try fold(context)[0]
      guard a.isFloat || b.isFloat else { return [result] }
      return [Constant(axes: result.axes, integers: try result.integers())]
    }
  }

  /// Compares with the batch size unknown but at least one. Lengths that exporters compare with,
  /// such as -1 for "keep", are no possible batch size and so never equal to it.
  private static func compare(
    _ x: SymbolicInteger, _ y: SymbolicInteger, _ body: (Int, Int) -> Bool
  ) throws(NodeProblem) -> Bool {
    if let x = x.known, let y = y.known { return body(x, y) }
    let difference = SymbolicInteger.sum(x, SymbolicInteger.product(y, SymbolicInteger(-1)) ?? y)
    guard let difference else { throw .tooLarge(axes: []) }
    if let known = difference.known { return body(known, 0) }
    let atOne = difference.constant &+ difference.perSample
    let grows = difference.perSample > 0
    if (grows && atOne >= 0) || (!grows && atOne <= 0) {
      return body(grows ? 1 : -1, 0)
    }
    throw .lengthDependsOnBatch
  }

  static func select(_ context: NodeContext) throws(NodeProblem) -> [Constant] {
    try context.requireInputs(3...3)
    let (condition, a, b) = (
      try context.constant(0), try context.constant(1), try context.constant(2)
    )
    let axes = try ConstantIndexing.broadcast(
      condition.axes, try ConstantIndexing.broadcast(a.axes, b.axes))
    try ConstantIndexing.checkedCount(axes, source: max(a.count, b.count))
    let chosen = try condition.picking(
      ConstantIndexing.broadcastIndices(condition.axes, to: axes), axes: axes
    ).integers()
    let left = try a.picking(ConstantIndexing.broadcastIndices(a.axes, to: axes), axes: axes)
    let right = try b.picking(ConstantIndexing.broadcastIndices(b.axes, to: axes), axes: axes)
    if a.isFloat || b.isFloat {
      let (x, y) = (try left.floats(), try right.floats())
      return [
        Constant(
          axes: axes, floats: chosen.indices.map { chosen[$0].constant != 0 ? x[$0] : y[$0] })
      ]
    }
    let (x, y) = (try left.integers(), try right.integers())
    return [
      Constant(
        axes: axes, integers: chosen.indices.map { chosen[$0].constant != 0 ? x[$0] : y[$0] })
    ]
  }

  /// One where the condition is as asked for, else zero.
  static func mask(_ condition: Constant, _ isChosen: Bool) throws(NodeProblem) -> Constant {
    Constant(
      axes: condition.axes,
      floats: try condition.floats().map { ($0 != 0) == isChosen ? 1 : 0 })
  }

  /// A constant's numbers where the mask is one, else zero: also of what is infinite.
  static func masked(_ constant: Constant, by mask: Constant) throws(NodeProblem) -> Constant {
    try apply(mask, constant, { $0 == 0 ? 0 : $1 }, product)
  }

  /// Casts. A length that depends on the batch stays one, whatever it is cast to.
  static func cast(_ context: NodeContext) throws(NodeProblem) -> [Constant] {
    let constant = try context.constant(0)
    let code = Int32(clamping: context.integer("to", default: 0))
    guard let type = ONNX.ElementType(rawValue: code) else { throw .unsupportedElementType(code) }
    if type == .bool {
      if constant.isFloat {
        let values = try constant.floats().map { SymbolicInteger($0 == 0 ? 0 : 1) }
        return [Constant(axes: constant.axes, integers: values)]
      }
      let values = try constant.integers().map { SymbolicInteger($0 == SymbolicInteger(0) ? 0 : 1) }
      return [Constant(axes: constant.axes, integers: values)]
    }
    if type.isFloat == constant.isFloat { return [constant] }
    if type.isFloat {
      if case .integers(let values) = constant.storage, !values.allSatisfy(\.isConstant) {
        return [constant]
      }
      return [Constant(axes: constant.axes, floats: try constant.floats())]
    }
    return [Constant(axes: constant.axes, integers: try constant.integers())]
  }

  /// Products, sums and the like of all elements: what shape arithmetic reduces.
  static func reduction(
    _ start: Int, _ step: @escaping IntegerFunction
  ) -> Operator.Fold {
    { (context) throws(NodeProblem) in
      let constant = try context.constant(0)
      guard constant.axes.count <= 1, !constant.isFloat else {
        throw .unsupportedSetting(name: "data", value: "constant of rank \(constant.axes.count)")
      }
      var total = SymbolicInteger(start)
      for value in try constant.integers() { total = try step(total, value) }
      return [Constant(axes: context.flag("keepdims", default: true) ? [1] : [], integers: [total])]
    }
  }
}

// MARK: - Integers

extension ConstantArithmetic {
  static let sum: IntegerFunction = { (a, b) throws(NodeProblem) in
    guard let sum = SymbolicInteger.sum(a, b) else { throw .lengthDependsOnBatch }
    return sum
  }

  static let difference: IntegerFunction = { (a, b) throws(NodeProblem) in
    try sum(a, try product(b, SymbolicInteger(-1)))
  }

  static let product: IntegerFunction = { (a, b) throws(NodeProblem) in
    guard let product = SymbolicInteger.product(a, b) else { throw .lengthDependsOnBatch }
    return product
  }

  static let quotient: IntegerFunction = { (a, b) throws(NodeProblem) in
    guard b != SymbolicInteger(0) else { throw .divisionByZero }
    guard let quotient = SymbolicInteger.quotient(a, b) else { throw .lengthDependsOnBatch }
    return quotient
  }

  /// A function of numbers that do not depend on the batch.
  static func known(_ body: @escaping @Sendable (Int, Int) -> Int?) -> IntegerFunction {
    { (a, b) throws(NodeProblem) in
      guard let a = a.known, let b = b.known else { throw .lengthDependsOnBatch }
      guard let result = body(a, b) else { throw .divisionByZero }
      return SymbolicInteger(result)
    }
  }
}
