/// How an operator of ONNX is read: what it makes of constants, and which layers it becomes.
struct Operator: Sendable {
  typealias Fold = @Sendable (NodeContext) throws(NodeProblem) -> [Constant]
  typealias Build =
    @Sendable (NodeContext, inout GraphBuilder) throws(NodeProblem) -> [ImportedValue]

  /// Computes the outputs when all inputs are known at load time.
  let fold: Fold?

  /// Adds layers when an input depends on the image.
  let build: Build?

  init(fold: Fold? = nil, build: Build? = nil) {
    self.fold = fold
    self.build = build
  }

  /// An operator with one output that becomes layers.
  static func layer(
    fold: Fold? = nil,
    _ build: @escaping @Sendable (NodeContext, inout GraphBuilder) throws(NodeProblem) -> Activation
  ) -> Operator {
    Operator(fold: fold) { (context, builder) throws(NodeProblem) in
      [.activation(try build(context, &builder))]
    }
  }
}
