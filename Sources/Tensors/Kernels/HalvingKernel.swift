internal import CKernels

/// Max pooling two by two with stride two, of one group of maps `[channels, height, width]`.
///
/// A winner is the number of the largest element in its window, row by row; of equal ones the first
/// wins. A window with a NaN gives NaN.
public struct HalvingKernel: Sendable {
  let sizes: (channels: Int32, height: Int32, width: Int32)
  private let inputCount: Int
  private let outputCount: Int
  let variant: KernelVariant

  public init(channels: Int, height: Int, width: Int, variant: KernelVariant = .best) {
    sizes = (Int32(channels), Int32(height), Int32(width))
    inputCount = channels * height * width
    outputCount = channels * (height / 2) * (width / 2)
    self.variant = variant
  }

  /// Writes each window's largest element and, if they are wanted, the winners.
  public func run(
    _ input: LanesView, into output: MutableLanesView, winners: MutableLanesView? = nil
  ) {
    requireCounts(input: input.count, output: output.count, winners: winners?.count)
    unsafe variant.table.pointee.halve(
      sizes.channels, sizes.height, sizes.width, input.floats, output.floats, winners?.floats)
  }

  /// Gives each winner its window's gradient, and all others zero.
  public func runBackward(
    _ dOutput: LanesView, winners: LanesView, into dInput: MutableLanesView
  ) {
    requireCounts(input: dInput.count, output: dOutput.count, winners: winners.count)
    unsafe variant.table.pointee.unhalve(
      sizes.channels, sizes.height, sizes.width, dOutput.floats, winners.floats, dInput.floats)
  }

  func requireCounts(input: Int, output: Int, winners: Int? = nil) {
    precondition(
      input == inputCount && output == outputCount && winners ?? outputCount == outputCount,
      "\(input) elements, \(output) halved"
        + (winners.map { " and \($0) winners" } ?? "") + " of \(sizes)")
  }
}
