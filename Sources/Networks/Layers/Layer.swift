public import Tensors

/// What every kind of layer can do: say the shape of its output, compute it, and send gradients back.
///
/// A layer is an immutable description (sizes, strides, axes). Its parameters live in the ``Graph``,
/// its memory in a ``Workspace``, so one layer serves every thread at once. Forward and backward are
/// pure: what backward needs of the forward pass it names in ``backwardReads`` and finds again in
/// the ``BackwardPass``; nothing is kept in the layer.
///
/// All sixteen lanes are computed alike. Lanes without a sample hold numbers that mean nothing and
/// may be NaN; only sums over samples (``BackwardPass/dParameters``, batch statistics) tell lanes
/// apart, by ``BackwardPass/activeLanes``.
public protocol Layer: Sendable {
  /// The shape of the output, or what is wrong with the inputs.
  func outputShape(inputs: [Shape], parameters: [Shape]) throws(ShapeError) -> Shape

  /// What ``backward(_:weights:)`` reads besides the gradient of the output, at the most.
  var backwardReads: BackwardReads { get }

  /// What it reads when used for `purpose`: a convolution needs its input for the gradient of its
  /// weights only, and attribution wants none. The plan keeps exactly this.
  func backwardReads(for purpose: PlanPurpose) -> BackwardReads

  /// The elements this layer keeps from forward to backward (winners of a max pool, …).
  func cacheCount(inputs: [Shape]) -> Int

  /// The elements of working memory that one forward or backward call wants.
  func scratchCount(inputs: [Shape]) -> Int

  /// Whether the output may be written over the (first) input: true of layers that read each element
  /// before they write it and never again.
  var worksInPlace: Bool { get }

  /// Whether backward compares elements with each other: of a pool's equal ones the first wins.
  var picksAmongEquals: Bool { get }

  /// Whether the slope is another above zero than below.
  var bendsAtZero: Bool { get }

  /// Whether the output is the input's memory under another shape; such a layer computes nothing.
  var isView: Bool { get }

  /// Whether the weights have a row for each channel of the output, with perhaps a bias behind them: a
  /// batch normalisation that follows can be merged into such.
  var hasWeightRows: Bool { get }

  /// The layer as one that can hold its result between bounds, if it can. Asked for each step of each
  /// plan: a cast would look for the conformance in the whole program.
  var asBounding: (any BoundingLayer)? { get }

  /// The layer as one that may mix the samples of a batch, if it may.
  var asBatchCoupled: (any BatchCoupledLayer)? { get }

  /// What the kernels read instead of the parameters: forward and, if the purpose asks for it,
  /// backward. Packed once for each model, and again whenever the parameters changed.
  func weightBlocks(inputs: [Shape], purpose: PlanPurpose) -> [WeightBlock]

  /// For each element of the output the position of the input's; see ``RearrangingLayer``.
  func positions(inputs: [Shape]) -> [Int32]

  /// Computes `pass.output`, every element of it, and `pass.cache`.
  func forward(_ pass: ForwardPass, weights: LayerWeights)

  /// Computes every element of the `pass.dInputs` and `pass.dParameters` that are asked for.
  func backward(_ pass: BackwardPass, weights: LayerWeights)
}

extension Layer {
  public func backwardReads(for purpose: PlanPurpose) -> BackwardReads { backwardReads }
  public func cacheCount(inputs: [Shape]) -> Int { 0 }
  public func scratchCount(inputs: [Shape]) -> Int { 0 }
  public var worksInPlace: Bool { false }
  public var picksAmongEquals: Bool { false }
  public var bendsAtZero: Bool { false }
  public var isView: Bool { false }
  public var hasWeightRows: Bool { false }
  public var asBounding: (any BoundingLayer)? { nil }
  public var asBatchCoupled: (any BatchCoupledLayer)? { nil }
  public func weightBlocks(inputs: [Shape], purpose: PlanPurpose) -> [WeightBlock] { [] }
  public func positions(inputs: [Shape]) -> [Int32] { [] }
}

/// What a layer's backward reads besides the gradient of its output.
public struct BackwardReads: OptionSet, Sendable, Hashable {
  public let rawValue: UInt8
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  public static let inputs = BackwardReads(rawValue: 1)
  public static let output = BackwardReads(rawValue: 2)
  public static let cache = BackwardReads(rawValue: 4)
}

/// Numbers that belong to a graph and may be learned.
public struct Parameter: Sendable {
  public let name: String
  public let shape: Shape
  public var values: [Float]

  /// Whether training may change it; constants of a model file and running statistics are not.
  public let isTrainable: Bool

  public init(_ name: String, _ shape: Shape, _ values: [Float], isTrainable: Bool = true) {
    precondition(values.count == shape.count, "\(values.count) values for \(name) of \(shape)")
    self.name = name
    self.shape = shape
    self.values = values
    self.isTrainable = isTrainable
  }
}

/// What a plan is going to be used for; packing and caching depend on it.
public struct PlanPurpose: Sendable, Hashable {
  /// Whether gradients flow back through the layer to its inputs.
  public var inputGradients: Bool

  /// Whether gradients of the parameters are wanted.
  public var parameterGradients: Bool

  /// Whether dropout drops and batch normalisation uses the batch's own statistics.
  public var isTraining: Bool

  /// The kernels to use.
  public var kernels: KernelVariant

  /// What convolutions may use forward. Backward, where nothing depends on ties, all of it unless only
  /// the direct method is allowed, which serves as oracle.
  public var algorithms: ConvolutionAlgorithm.Choice

  public init(
    inputGradients: Bool = false, parameterGradients: Bool = false, isTraining: Bool = false,
    kernels: KernelVariant = .best, algorithms: ConvolutionAlgorithm.Choice = .all
  ) {
    self.inputGradients = inputGradients
    self.parameterGradients = parameterGradients
    self.isTraining = isTraining
    self.kernels = kernels
    self.algorithms = algorithms
  }
}
