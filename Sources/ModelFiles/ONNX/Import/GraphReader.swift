import Networks
import Tensors

/// Turns an ONNX model into a network.
struct GraphReader {
  /// The operator sets that are understood: those of every file since 2017.
  static let operatorSets: ClosedRange<Int64> = 7...26

  /// What came of it.
  struct Result {
    let builder: GraphBuilder
    let output: Activation
    let outputName: String
    let input: Activation

    /// The classes' names, if the file's nodes say them.
    let labels: [String]
  }

  private let model: ONNX.Model
  private let graph: ONNX.Graph
  private let decisions: Decisions
  private let operatorSet: Int
  private var external: ExternalData
  private let fileSize: Int

  init(_ model: ONNX.Model, folder: String?, fileSize: Int) throws(ModelFileError) {
    guard let graph = model.graph else { throw .noGraph }
    guard model.irVersion >= 3 else { throw .unsupportedFormatVersion(model.irVersion) }
    let version = model.operatorSets.first { $0.domain.isEmpty || $0.domain == "ai.onnx" }?.version
    guard let version, Self.operatorSets.contains(version) else {
      throw .unsupportedOperatorSet(version, supported: Self.operatorSets)
    }
    guard !graph.hasSparseInitializers else { throw .tensor(name: "", .sparse) }
    self.model = model
    let inlined = try FunctionInlining.inlined(model, graph)
    decisions = Decisions(inlined)
    self.graph = Lowering.lowered(inlined)
    operatorSet = Int(version)
    external = ExternalData(folder: folder)
    self.fileSize = fileSize
    guard self.graph.nodes.count <= ReadingLimits.nodes else {
      throw .tooManyNodes(limit: ReadingLimits.nodes)
    }
  }

  /// Reads the nodes that the classifying output needs. `inputSize` says how large pictures are
  /// where the file leaves it open.
  mutating func read(inputSize: InputSize?) throws(ModelFileError) -> Result {
    let declaredOutput = try classifyingOutput()
    let output = decisions.scores(behind: declaredOutput) ?? declaredOutput
    let initializers = try initializersByName()
    let given = Set(initializers.keys).union(graph.inputs.map(\.name))
    let order = try NodeOrder(graph, needed: [output], given: given)
    try refuseUnsupported(order.nodes)

    let input = try imageInput(order.nodes, output: output, initializers: initializers)
    let declared = try DeclaredInput(
      input, size: inputSize, channels: Self.channels(order.nodes, initializers))
    var builder = GraphBuilder(
      fixedBatch: declared.fixedBatch,
      names: given.union(order.nodes.flatMap(\.outputs)))
    builder.noteOrigin(model, operatorSet: operatorSet, fixedBatch: declared.fixedBatch)

    var values: [String: ImportedValue] = [:]
    let image = try declared.add(to: &builder)
    values[input.name] = .activation(image.value)
    let used = Set(order.nodes.flatMap(\.inputs))
    for (name, tensor) in initializers where used.contains(name) {
      values[name] = .constant(try constant(tensor, name, &builder))
    }

    var budget = ReadingBudget(fileSize: fileSize + external.size)
    builder.allow(fileSize: budget.fileSize)

    let nodes = BiasFusion.joined(
      order.nodes, axes: initializers.mapValues(\.axes), outputs: [output])
    for node in nodes {
      let context = NodeContext(
        node: node, operatorSet: operatorSet, inputs: node.inputs.map { values[$0] },
        batch: declared.fixedBatch ?? 1 == 1 ? 1 : nil)
      do {
        let results = try Self.evaluate(context, &builder, &budget)
        for (name, result) in zip(node.outputs, results) where !name.isEmpty {
          values[name] = result
        }
      } catch {
        let problem = ModelFileError.node(
          name: node.label, operation: node.operation, error)
        throw declared.assumedSize.map { .notOfAssumedSize($0, problem) } ?? problem
      }
    }
    guard case .activation(let result)? = values[output] else {
      throw values[output] == nil
        ? .missingValue(name: output, node: "output") : .constantOutput(name: output)
    }
    if output != declaredOutput {
      builder.note(.decisionSteppedBehind(output: declaredOutput, scores: output))
    }
    let others = graph.outputs.map(\.name).filter { $0 != declaredOutput }
    if !others.isEmpty { builder.note(.otherOutputs(others)) }
    return Result(
      builder: builder, output: result, outputName: output, input: image.network,
      labels: decisions.labels)
  }
}

// MARK: - What the graph declares

extension GraphReader {
  /// The first output of numbers in rows of classes; else the first that decides by some; else the
  /// first one.
  private func classifyingOutput() throws(ModelFileError) -> String {
    let classifying = graph.outputs.first { output in
      guard let type = output.type, let element = ONNX.ElementType(rawValue: type.elementType)
      else { return false }
      return element.isFloat && (type.shape.map { $0.dimensions.count == 2 } ?? true)
    }
    let deciding = graph.outputs.first { decisions.scores(behind: $0.name) != nil }
    guard let output = classifying ?? deciding ?? graph.outputs.first else { throw .noOutput }
    return output.name
  }

  /// How many channels the first convolution reads.
  private static func channels(
    _ nodes: [ONNX.Node], _ initializers: [String: ONNX.Tensor]
  ) -> Int? {
    guard let first = nodes.first(where: { $0.operation == "Conv" }), first.inputs.count > 1,
      let axes = initializers[first.inputs[1]]?.axes, axes.count > 1
    else { return nil }
    let (channels, overflow) = axes[1].multipliedReportingOverflow(
      by: first.attribute("group")?.integer ?? 1)
    return overflow || !(1...1024 ~= channels) ? nil : Int(channels)
  }

  private func initializersByName() throws(ModelFileError) -> [String: ONNX.Tensor] {
    var initializers: [String: ONNX.Tensor] = [:]
    for tensor in graph.initializers {
      guard initializers.updateValue(tensor, forKey: tensor.name) == nil else {
        throw .duplicateName(tensor.name)
      }
    }
    guard Set(graph.inputs.map(\.name)).count == graph.inputs.count else {
      throw .duplicateName(
        Dictionary(grouping: graph.inputs, by: \.name).filter { $1.count > 1 }.keys.min() ?? "")
    }
    return initializers
  }

  /// The one input that has no initialiser and is used.
  private func imageInput(
    _ nodes: [ONNX.Node], output: String, initializers: [String: ONNX.Tensor]
  ) throws(ModelFileError) -> ONNX.ValueInfo {
    let used = Set(nodes.flatMap(\.inputs)).union([output])
    let candidates = graph.inputs.filter {
      initializers[$0.name] == nil && used.contains($0.name)
    }
    guard let input = candidates.first else { throw .noInput }
    guard candidates.count == 1 else { throw .severalInputs(candidates.map(\.name)) }
    return input
  }

  private func refuseUnsupported(_ nodes: [ONNX.Node]) throws(ModelFileError) {
    let unsupported = nodes.filter { node in
      !node.isStandard || OperatorTable.all[node.operation] == nil
        || node.attributes.contains(where: \.hasSubgraph)
    }
    guard unsupported.isEmpty else {
      throw .unsupportedOperators(
        unsupported.map {
          UnsupportedNode(node: $0.label, operation: $0.operation, domain: $0.domain)
        })
    }
  }

  private mutating func constant(
    _ tensor: ONNX.Tensor, _ name: String, _ builder: inout GraphBuilder
  ) throws(ModelFileError) -> Constant {
    do {
      let stored = try StoredTensor(tensor) { (tensor) throws(TensorProblem) in
        try external.slice(of: tensor)
      }
      if stored.elementType.isFloat, stored.elementType != .float32 {
        builder.note(.convertedWeights)
      }
      return Constant(stored, name: name)
    } catch {
      throw .tensor(name: name, error)
    }
  }
}

// MARK: - One node

extension GraphReader {
  private static func evaluate(
    _ context: NodeContext, _ builder: inout GraphBuilder, _ budget: inout ReadingBudget
  ) throws(NodeProblem) -> [ImportedValue] {
    guard let importer = OperatorTable.all[context.node.operation] else { return [] }
    let variable = context.inputs.firstIndex { value in
      if case .activation? = value { true } else { false }
    }
    guard let variable else {
      let constants = try fold(context, importer, &budget)
      try budget.takeFolded(constants)
      return constants.map(ImportedValue.constant)
    }
    guard let build = importer.build else { throw .inputNotConstant(variable) }
    return try build(context, &builder)
  }

  private static func fold(
    _ context: NodeContext, _ importer: Operator, _ budget: inout ReadingBudget
  ) throws(NodeProblem) -> [Constant] {
    do {
      if let fold = importer.fold { return try fold(context) }
    } catch {
      // Sums over some axes are folded for shapes, and run for weights.
      guard case .unsupportedSetting = error else { throw error }
    }
    guard let build = importer.build else { throw .constantInputs }
    return try ConstantRun.results(build, context, &budget)
  }
}

extension GraphBuilder {
  fileprivate mutating func noteOrigin(_ model: ONNX.Model, operatorSet: Int, fixedBatch: Int?) {
    if !model.producerName.isEmpty {
      note(.producer(name: model.producerName, version: model.producerVersion))
    }
    note(.operatorSet(operatorSet))
    if let fixedBatch { note(.fixedBatch(fixedBatch)) }
  }
}
