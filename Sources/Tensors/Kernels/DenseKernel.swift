internal import CKernels

/// The sizes of a dense layer with weights `[outputs, inputs]`.
public struct DenseGeometry: Hashable, Sendable {
  public let inputs: Int
  public let outputs: Int

  public init(inputs: Int, outputs: Int) {
    precondition(inputs > 0 && outputs > 0, "a dense layer from \(inputs) to \(outputs)")
    self.inputs = inputs
    self.outputs = outputs
  }

  public var weightCount: Int { inputs * outputs }
}

/// A dense layer, `y = W x + b`, or the gradient of its input, `dx = Wᵀ dy`.
public struct DenseKernel: Sendable {
  public let geometry: DenseGeometry
  public let direction: KernelDirection
  public let variant: KernelVariant

  public init(_ geometry: DenseGeometry, direction: KernelDirection, variant: KernelVariant = .best)
  {
    self.geometry = geometry
    self.direction = direction
    self.variant = variant
  }

  /// The floats of packed weights.
  public var packedCount: Int { geometry.weightCount }

  public var sourceCount: Int { direction == .forward ? geometry.inputs : geometry.outputs }
  public var targetCount: Int { direction == .forward ? geometry.outputs : geometry.inputs }

  /// Brings weights into the order that ``run(_:packed:bias:bounds:into:)`` reads.
  public func pack(_ weights: [Float], into packed: AlignedFloats) {
    precondition(
      weights.count == geometry.weightCount && packed.count == packedCount,
      "\(weights.count) weights into \(packed.count) floats for \(geometry)")
    unsafe variant.table.pointee.packDense(
      Int32(geometry.inputs), Int32(geometry.outputs), direction.selector, weights, packed.pointer)
  }

  /// Computes the whole target of one group of samples.
  public func run(
    _ source: LanesView, packed: AlignedFloats, bias: AlignedFloats? = nil,
    bounds: ResultBounds? = nil, into target: MutableLanesView
  ) {
    requireFit(source, target, packed, bias)
    var source = unsafe source.floats
    var target = unsafe target.floats
    unsafe withUnsafePointer(to: &source) { source in
      unsafe withUnsafePointer(to: &target) { target in
        unsafe run(1, source, packed, bias, bounds, target)
      }
    }
  }

  /// Computes several groups at once, which reads the weights once for up to four of them: for layers
  /// whose weights exceed the caches. The numbers are those of one group at a time within rounding: a
  /// single group is added up in two sums where its tile leaves room for them.
  public func run(
    _ sources: [LanesView], packed: AlignedFloats, bias: AlignedFloats? = nil,
    bounds: ResultBounds? = nil, into targets: [MutableLanesView]
  ) {
    precondition(
      sources.count == targets.count, "\(sources.count) sources, \(targets.count) targets")
    for (source, target) in zip(sources, targets) { requireFit(source, target, packed, bias) }
    unsafe withUnsafeTemporaryAllocation(
      of: UnsafePointer<Float>.self, capacity: sources.count
    ) { sourcePointers in
      unsafe withUnsafeTemporaryAllocation(
        of: UnsafeMutablePointer<Float>.self, capacity: targets.count
      ) { targetPointers in
        for index in sources.indices {
          unsafe sourcePointers.initializeElement(at: index, to: sources[index].floats)
          unsafe targetPointers.initializeElement(at: index, to: targets[index].floats)
        }
        guard let from = sourcePointers.baseAddress, let to = targetPointers.baseAddress else {
          return
        }
        unsafe run(sources.count, from, packed, bias, bounds, to)
      }
    }
  }

  private func run(
    _ groups: Int, _ sources: UnsafePointer<UnsafePointer<Float>>, _ packed: AlignedFloats,
    _ bias: AlignedFloats?, _ bounds: ResultBounds?,
    _ targets: UnsafePointer<UnsafeMutablePointer<Float>>
  ) {
    let table = unsafe variant.table.pointee
    unsafe bounds.withPointer { bounds in
      unsafe table.dense(
        Int32(geometry.inputs), Int32(geometry.outputs), direction.selector, packed.pointer,
        bias?.pointer, bounds, Int32(groups), sources, targets)
    }
  }

  private func requireFit(
    _ source: LanesView, _ target: MutableLanesView, _ packed: AlignedFloats, _ bias: AlignedFloats?
  ) {
    precondition(
      source.count == sourceCount && target.count == targetCount && packed.count == packedCount,
      "\(source.count) elements to \(target.count) by \(packed.count) weights for \(geometry)")
    precondition(
      bias.map { $0.count == targetCount } ?? true, "a bias not of \(targetCount) numbers")
  }
}
