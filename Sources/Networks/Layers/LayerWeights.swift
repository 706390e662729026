public import Tensors

/// A layer's parameters as its kernels want them.
public struct LayerWeights: Sendable {
  /// The parameters as the graph has them, in the layer's order; none where the layer names
  /// ``Layer/weightBlocks(inputs:purpose:)`` and reads those instead.
  public private(set) var parameters: [Parameter] = []

  /// The memory of the layer's blocks, in their order.
  public let packed: [AlignedFloats]

  /// Which elements a layer that rearranges them takes; see ``RearrangingLayer``.
  public let positions: [Int32]

  private let blocks: [WeightBlock]

  /// Packs the parameters of a layer.
  ///
  /// - Parameters:
  ///   - parameters: asked for only if others have not packed all of it.
  ///   - others: weights of the same layer with the same parameters, packed for other purposes. What
  ///     is alike is theirs, not packed again.
  public init(
    _ layer: any Layer, inputs: [Shape], purpose: PlanPurpose,
    sharing others: [LayerWeights] = [], parameters: () -> [Parameter]
  ) {
    blocks = layer.weightBlocks(inputs: inputs, purpose: purpose)
    let shared = blocks.map { block in
      others.lazy.compactMap { $0.memory(of: block.content) }.first
    }
    packed = zip(blocks, shared).map { $1 ?? AlignedFloats(count: $0.count) }
    positions = others.first?.positions ?? layer.positions(inputs: inputs)
    if blocks.isEmpty {
      self.parameters = others.first?.parameters ?? parameters()
    } else if shared.contains(where: { $0 == nil }) {
      let parameters = parameters()
      for (number, block) in blocks.enumerated() where shared[number] == nil {
        block.pack(parameters, packed[number])
      }
    }
  }

  /// Packs other values of the parameters into the same memory.
  mutating func update(_ parameters: [Parameter]) {
    if blocks.isEmpty { self.parameters = parameters }
    for (block, memory) in zip(blocks, packed) { block.pack(parameters, memory) }
  }

  private func memory(of content: WeightBlock.Content) -> AlignedFloats? {
    blocks.firstIndex { $0.content == content }.map { packed[$0] }
  }
}

/// Numbers made of a layer's parameters, in the order in which its kernels read them.
public struct WeightBlock: Sendable {
  /// What a block holds: of one layer with the same parameters, equal contents are the same numbers.
  public enum Content: Hashable, Sendable {
    case bias
    case convolution(KernelDirection, ConvolutionAlgorithm, KernelVariant)
    case dense(KernelDirection, KernelVariant)
    case normalization
  }

  public let content: Content
  public let count: Int

  /// Writes all of the block.
  let pack: @Sendable (_ parameters: [Parameter], _ memory: AlignedFloats) -> Void

  /// The weights, which are the first parameter, for a convolution's kernel.
  static func convolution(_ kernel: ConvolutionKernel) -> WeightBlock {
    WeightBlock(
      content: .convolution(kernel.direction, kernel.algorithm, kernel.variant),
      count: kernel.packedCount
    ) { kernel.pack($0[0].values, into: $1) }
  }

  /// The weights, which are the first parameter, for a dense layer's kernel.
  static func dense(_ kernel: DenseKernel) -> WeightBlock {
    WeightBlock(content: .dense(kernel.direction, kernel.variant), count: kernel.packedCount) {
      kernel.pack($0[0].values, into: $1)
    }
  }

  /// The second parameter; zeros if there is none.
  static func bias(_ count: Int) -> WeightBlock {
    WeightBlock(content: .bias, count: count) { parameters, memory in
      if parameters.count > 1 { memory.copy(parameters[1].values) }
    }
  }
}
