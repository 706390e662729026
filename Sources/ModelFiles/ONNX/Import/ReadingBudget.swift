/// What folding constants may still take: a file of a few bytes must not keep its reader busy, nor
/// fill its memory.
struct ReadingBudget {
  /// The bytes of the model's files together.
  let fileSize: Int

  /// What nodes that are run at load time may still compute, in elements.
  private var runElements: Int

  /// Bytes that folding may still make.
  private var foldedBytes: Int

  init(fileSize: Int) {
    self.fileSize = fileSize
    foldedBytes = 8 * fileSize + ReadingLimits.foldedBytes
    runElements = 8 * fileSize + ReadingLimits.foldedBytes
  }

  /// Bytes that running one node may take.
  var runBytes: Int { 32 * fileSize + ReadingLimits.runBytes }

  /// Takes what a node made when it was folded.
  mutating func takeFolded(_ constants: [Constant]) throws(NodeProblem) {
    foldedBytes -= constants.reduce(0) { $0 + $1.bytes }
    guard foldedBytes >= 0 else { throw .tooLarge(axes: constants.first?.axes ?? []) }
  }

  /// Takes a node's run on a constant of these axes.
  mutating func takeRun(elements: Int, axes: [Int]) throws(NodeProblem) {
    runElements -= elements
    guard runElements >= 0 else { throw .tooLarge(axes: axes) }
  }
}
