/// Every operator that can be read, by its ONNX name.
enum OperatorTable {
  static let all: [String: Operator] = {
    var all: [String: Operator] = [:]
    let groups = [
      ArithmeticOperators.table, ConstantOperators.table, ConvolutionOperators.table,
      DenseOperators.table, EinsumOperator.table, NormalizationOperators.table,
      PointwiseOperators.table, PoolingOperators.table, QuantizationOperators.table,
      RearrangementOperators.table, ReductionOperators.table, ResizeOperators.table,
      ShapeOperators.table,
    ]
    for group in groups {
      all.merge(group) { _, _ in preconditionFailure("an operator stands in two groups") }
    }
    return all
  }()
}
