public import Tensors

/// Everything a layer's forward reads and writes for one group. Made once by the ``Workspace``.
public struct ForwardPass: Sendable {
  public let inputs: [LanesView]
  public let inputShapes: [Shape]
  public let output: MutableLanesView
  public let outputShape: Shape

  /// Kept for backward; as many elements as ``Layer/cacheCount(inputs:)`` said, or none where nobody
  /// reads them.
  public let cache: MutableLanesView

  /// Free to use; at least as many elements as ``Layer/scratchCount(inputs:)`` said.
  public var scratch: MutableLanesView

  /// How the plan is used: training or not, which kernels.
  public let purpose: PlanPurpose

  /// Whether forward has to fill the cache.
  var fillsCache: Bool { purpose.wantsGradients && cache.count > 0 }

  /// What to hold the output between: the plan merged the ReLU or clip that follows.
  /// Only asked of layers that are ``BoundingLayer``s, and of max poolings that a rule takes together
  /// with the ReLU in front of them (``BackwardRule/takesRectifier(into:)``).
  public let bounds: ResultBounds?

  /// Which node of the graph this is: a counter for random numbers, so that two dropouts differ.
  public let node: Int

  /// Which group of the batch this is and what its random numbers start from; they change with
  /// every pass.
  public var group: GroupContext

  public init(
    inputs: [LanesView], inputShapes: [Shape], output: MutableLanesView, outputShape: Shape,
    cache: MutableLanesView, scratch: MutableLanesView, purpose: PlanPurpose,
    bounds: ResultBounds? = nil, node: Int = 0, group: GroupContext = GroupContext()
  ) {
    self.inputs = inputs
    self.inputShapes = inputShapes
    self.output = output
    self.outputShape = outputShape
    self.cache = cache
    self.scratch = scratch
    self.purpose = purpose
    self.bounds = bounds
    self.node = node
    self.group = group
  }
}

/// Which sixteen samples a pass is about.
public struct GroupContext: Sendable, Hashable {
  /// How many lanes hold a sample: 1…16.
  public var activeLanes: Int

  /// The number of the first lane's sample in its batch.
  public var firstSample: Int

  /// What random numbers of this pass start from, with the node and the sample as counters.
  public var seed: UInt64

  public init(activeLanes: Int = laneCount, firstSample: Int = 0, seed: UInt64 = 0) {
    precondition((1...laneCount).contains(activeLanes), "\(activeLanes) lanes of \(laneCount)")
    self.activeLanes = activeLanes
    self.firstSample = firstSample
    self.seed = seed
  }
}

/// Everything a layer's backward reads and writes for one group.
public struct BackwardPass: Sendable {
  /// ∂L/∂output.
  public let dOutput: LanesView
  public let outputShape: Shape

  /// The inputs, if ``Layer/backwardReads`` says so; otherwise empty views.
  public let inputs: [LanesView]
  public let inputShapes: [Shape]

  /// The output, if asked for.
  public let output: LanesView

  /// What forward kept, if asked for.
  public let cache: LanesView

  /// As in forward, but without what forward left there.
  public var scratch: MutableLanesView

  /// Where ∂L/∂input goes, for each input; nothing where nobody wants it. May be the memory of
  /// `dOutput` if the layer ``Layer/worksInPlace``.
  public let dInputs: [MutableLanesView?]

  /// Where ∂L/∂parameter, summed over the active lanes of this group, goes, for each parameter;
  /// nothing where nobody wants it.
  public let dParameters: [ParameterGradientView?]

  /// Whether the plan merged a ReLU and `dOutput` is the gradient behind it: one that follows, told to
  /// layers that ``BoundingLayer/takesRectifierGradient(purpose:)``, or one that stood in front of a max
  /// pooling, told to rules that ``BackwardRule/takesRectifier(into:)``.
  public let isRectified: Bool

  public let purpose: PlanPurpose
  public let node: Int
  public var group: GroupContext

  public init(
    dOutput: LanesView, outputShape: Shape, inputs: [LanesView], inputShapes: [Shape],
    output: LanesView, cache: LanesView, scratch: MutableLanesView, dInputs: [MutableLanesView?],
    dParameters: [ParameterGradientView?], isRectified: Bool = false, purpose: PlanPurpose,
    node: Int = 0, group: GroupContext = GroupContext()
  ) {
    self.dOutput = dOutput
    self.outputShape = outputShape
    self.inputs = inputs
    self.inputShapes = inputShapes
    self.output = output
    self.cache = cache
    self.scratch = scratch
    self.dInputs = dInputs
    self.dParameters = dParameters
    self.isRectified = isRectified
    self.purpose = purpose
    self.node = node
    self.group = group
  }
}

/// Where a layer writes the gradient of one parameter, in the parameter's own order.
@safe
public struct ParameterGradientView: @unchecked Sendable {
  public let count: Int
  public let pointer: UnsafeMutablePointer<Float>

  public init(pointer: UnsafeMutablePointer<Float>, count: Int) {
    unsafe self.pointer = pointer
    self.count = count
  }

  /// Sets all to zero.
  func clear() { unsafe pointer.update(repeating: 0, count: count) }

  public subscript(index: Int) -> Float {
    get {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "gradient outside the view")
      return unsafe pointer[index]
    }
    nonmutating set {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "gradient outside the view")
      unsafe pointer[index] = newValue
    }
  }
}

extension Vector {
  /// The sum of the first `active` lanes, in a fixed tree: what lies in the others, NaN too, does
  /// not count.
  public func sum(active: Int) -> Float {
    let lanes = Vector.laneNumbers
    let kept = replacing(with: 0, where: lanes .>= Float(active))
    let eight = kept.lowHalf + kept.highHalf
    let four = eight.lowHalf + eight.highHalf
    let two = four.lowHalf + four.highHalf
    return two.x + two.y
  }

  private static let laneNumbers = Vector(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
}
