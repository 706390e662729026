internal import CKernels

/// Which of a layer's two products with its weights a kernel computes.
public enum KernelDirection: CaseIterable, Sendable {
  /// The output from the input.
  case forward

  /// The gradient of the input from that of the output. Also what a transposed convolution does
  /// forward.
  case backward

  var selector: CKernels_Direction {
    switch self {
    case .forward: .forward
    case .backward: .backward
    }
  }
}

/// The tiles that Winograd's method is compiled for: the side of the outputs that one tile makes, by
/// the side of the kernel.
public enum WinogradTile: CaseIterable, Sendable {
  case output2Kernel3
  case output4Kernel3
  case output2Kernel5
  case output4Kernel5

  public var output: Int {
    switch self {
    case .output2Kernel3, .output2Kernel5: 2
    case .output4Kernel3, .output4Kernel5: 4
    }
  }

  public var kernel: Int {
    switch self {
    case .output2Kernel3, .output4Kernel3: 3
    case .output2Kernel5, .output4Kernel5: 5
    }
  }

  /// The side of the inputs that one tile reads; its square is the number of multiplications.
  public var input: Int { output + kernel - 1 }

  /// Whether windows that hold the same numbers give the very same result, wherever they lie and
  /// whatever surrounds them, as the direct method's do.
  ///
  /// With the points 0, ±1 and ∞, what a flat window does not show of the tile is multiplied by exact
  /// zeros or not read at all; with more points it cancels up to rounding only.
  public var keepsTies: Bool { self == .output2Kernel3 }

  var selector: CKernels_Winograd {
    switch self {
    case .output2Kernel3: .F2K3
    case .output4Kernel3: .F4K3
    case .output2Kernel5: .F2K5
    case .output4Kernel5: .F4K5
    }
  }
}

/// How a convolution is computed.
public enum ConvolutionAlgorithm: Hashable, Sendable {
  /// Every product, as the definition says; the oracle of the others.
  case direct

  /// Fewer multiplications by Winograd's minimal filtering; stride, dilation and groups of one only.
  case winograd(WinogradTile)

  /// Which algorithms may be chosen from.
  public enum Choice: Hashable, Sendable, CaseIterable {
    case direct

    /// Those with which flat parts of a picture stay flat to the last bit; see
    /// ``WinogradTile/keepsTies``.
    case keepingTies

    case all
  }

  /// What measurements found the faster for these sizes.
  public static func fastest(
    of choice: Choice = .all, for geometry: ConvolutionGeometry, direction: KernelDirection
  ) -> ConvolutionAlgorithm {
    guard geometry.allowsWinograd, choice != .direct else { return .direct }
    // With few channels the transforms, which do not depend on the other side's channels, cost more
    // than the products they save.
    let fewest = min(geometry.inputChannels, geometry.outputChannels)
    guard fewest >= 8 else { return .direct }
    let pixels =
      direction == .forward
      ? geometry.vertical.outputLength * geometry.horizontal.outputLength
      : geometry.vertical.length * geometry.horizontal.length
    // Without temporary arrays: this is asked in every pass, and a pass allocates nothing.
    var fewestProducts = Int.max
    var best: WinogradTile?
    for tile in tiles
    where tile.kernel == geometry.vertical.kernel && (choice == .all || tile.keepsTies)
      && geometry.winogradWeightCount(tile) <= largestTransformedWeights
    {
      let products = geometry.winogradProducts(tile, direction)
      if products < fewestProducts { (best, fewestProducts) = (tile, products) }
    }
    guard let best else { return .direct }
    let saving =
      Double(pixels * best.kernel * best.kernel) / Double(fewestProducts)
    return saving > 1.5 ? .winograd(best) : .direct
  }

  private static let tiles = WinogradTile.allCases

  /// Transformed weights are up to four times as many; beyond 16 MB they cost more memory than a
  /// network's user expects.
  private static let largestTransformedWeights = 4 << 20
}

extension ConvolutionGeometry {
  /// Whether the method is possible at all: a square kernel of three or five, everything else plain.
  public var allowsWinograd: Bool {
    groups == 1 && vertical.kernel == horizontal.kernel
      && (vertical.kernel == 3 || vertical.kernel == 5)
      && vertical.stride == 1 && vertical.dilation == 1
      && horizontal.stride == 1 && horizontal.dilation == 1
  }

  /// The number of multiplications that remain for each pair of channels and each sample.
  func winogradProducts(_ tile: WinogradTile, _ direction: KernelDirection) -> Int {
    let isForward = direction == .forward
    let rows = isForward ? vertical.outputLength : vertical.length
    let columns = isForward ? horizontal.outputLength : horizontal.length
    let side = tile.output
    let tiles = ((rows + side - 1) / side) * ((columns + side - 1) / side)
    return tiles * tile.input * tile.input
  }

  func winogradWeightCount(_ tile: WinogradTile) -> Int {
    tile.input * tile.input * inputChannels * outputChannels
  }
}
