internal import CKernels

/// A convolution of one group of samples, or the gradient of its input.
///
/// ```
/// forward     output[k][p] = bias[k] + Σ over c, κ of weight[k][c][κ] · input[c][p · stride + κ]
/// backward    the transposed product: dInput from dOutput
/// ```
///
/// Weights are packed once, then any number of threads run the kernel, each with scratch memory of
/// its own.
public struct ConvolutionKernel: Sendable {
  public let geometry: ConvolutionGeometry
  public let direction: KernelDirection
  public let algorithm: ConvolutionAlgorithm
  public let variant: KernelVariant

  /// The floats of packed weights.
  public let packedCount: Int

  /// The elements of scratch memory that a run wants.
  public let scratchCount: Int

  private let sizes: CKernels_Convolution

  /// The fastest of the algorithms that may be chosen from.
  public init(
    _ geometry: ConvolutionGeometry, direction: KernelDirection,
    of choice: ConvolutionAlgorithm.Choice, variant: KernelVariant
  ) {
    self.init(
      geometry, direction: direction,
      algorithm: .fastest(of: choice, for: geometry, direction: direction), variant: variant)
  }

  public init(
    _ geometry: ConvolutionGeometry, direction: KernelDirection,
    algorithm: ConvolutionAlgorithm? = nil, variant: KernelVariant = .best
  ) {
    self.geometry = geometry
    self.direction = direction
    self.algorithm = algorithm ?? .fastest(for: geometry, direction: direction)
    self.variant = variant
    sizes = geometry.sizes
    let table = unsafe variant.table.pointee
    switch self.algorithm {
    case .direct:
      packedCount = geometry.weightCount
      scratchCount = unsafe withUnsafePointer(to: sizes) {
        unsafe elementCount(bytes: table.convolutionScratchBytes($0, direction.selector))
      }
    case .winograd(let tile):
      precondition(
        geometry.allowsWinograd && tile.kernel == geometry.vertical.kernel,
        "Winograd's \(tile) for \(geometry)")
      packedCount = geometry.winogradWeightCount(tile)
      scratchCount = unsafe withUnsafePointer(to: sizes) {
        unsafe elementCount(
          bytes: table.winogradScratchBytes($0, tile.selector, direction.selector))
      }
    }
  }

  /// Forward kernels of one algorithm that differ only in the sides of their maps have the same packed
  /// weights if this is the same.
  public var channelBlocks: Int {
    switch algorithm {
    case .direct:
      unsafe withUnsafePointer(to: sizes) {
        unsafe Int(variant.table.pointee.convolutionChannelBlocks($0))
      }
    case .winograd: 1
    }
  }

  /// The elements that a run reads and writes.
  public var sourceCount: Int {
    direction == .forward ? geometry.inputCount : geometry.outputCount
  }
  public var targetCount: Int {
    direction == .forward ? geometry.outputCount : geometry.inputCount
  }

  /// Brings weights into the order that ``run(_:packed:bias:bounds:into:scratch:)`` reads.
  public func pack(_ weights: [Float], into packed: AlignedFloats) {
    precondition(
      weights.count == geometry.weightCount && packed.count == packedCount,
      "\(weights.count) weights into \(packed.count) floats for \(geometry)")
    let table = unsafe variant.table.pointee
    unsafe withUnsafePointer(to: sizes) { sizes in
      switch algorithm {
      case .direct:
        unsafe table.packConvolution(sizes, direction.selector, weights, packed.pointer)
      case .winograd(let tile):
        unsafe table.packWinograd(
          sizes, tile.selector, direction.selector, weights, packed.pointer)
      }
    }
  }

  /// Computes the whole target; `bias` has a number for each of its channels.
  public func run(
    _ source: LanesView, packed: AlignedFloats, bias: AlignedFloats? = nil,
    bounds: ResultBounds? = nil, into target: MutableLanesView, scratch: MutableLanesView
  ) {
    precondition(
      source.count == sourceCount && target.count == targetCount && packed.count == packedCount,
      "\(source.count) elements to \(target.count) by \(packed.count) weights for \(geometry)")
    let channels = direction == .forward ? geometry.outputChannels : geometry.inputChannels
    precondition(bias.map { $0.count == channels } ?? true, "a bias not of \(channels) numbers")
    scratch.requireScratch(scratchCount)
    let table = unsafe variant.table.pointee
    unsafe withUnsafePointer(to: sizes) { sizes in
      unsafe bounds.withPointer { bounds in
        switch algorithm {
        case .direct:
          unsafe table.convolve(
            sizes, direction.selector, packed.pointer, bias?.pointer, bounds, source.floats,
            target.floats, scratch.pointer)
        case .winograd(let tile):
          unsafe table.convolveWinograd(
            sizes, tile.selector, direction.selector, packed.pointer, bias?.pointer, bounds,
            source.floats, target.floats, scratch.pointer)
        }
      }
    }
  }
}
