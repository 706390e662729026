import Tensors

/// What a command has while it runs.
struct Session: Sendable {
  let console: Console
  let isQuiet: Bool

  /// A line of results, on standard output.
  func result(_ line: String) {
    if !isQuiet { console.print(line.printable + "\n") }
  }

  /// A line of JSON, on standard output: who asked for it gets it however quiet the rest is, and as it
  /// is, since control characters stand in strings in their own way there.
  func result(json line: String) {
    console.print(line + "\n")
  }

  /// A line of information, on standard error.
  func note(_ line: String) {
    if !isQuiet { console.message(line.printable) }
  }

  /// Something that went wrong, on standard error, even if all else is quiet.
  func report(_ sentence: String) {
    console.report(sentence)
  }

  /// The signal that asks the run to stop, if there was one. For commands that finish what they began
  /// and have said so; all others end by themselves at once.
  var interruption: Int32? { console.interruption() }

  /// Says that the command looks for an interruption, and finishes what it began.
  ///
  /// - Parameter lastWords: done before it is cut short because it takes too long.
  func finishesWhatItBegan(lastWords: @escaping @Sendable () -> Void = {}) {
    Interruption.giveTime(lastWords: lastWords)
  }

  /// The instruction set that kernels use: the machine's best, or what the environment asks for.
  func kernels() throws(UsageError) -> KernelVariant {
    guard let name = console.environment[Self.kernelVariable], !name.isEmpty else { return .best }
    guard let variant = KernelVariant.available.first(where: { $0.rawValue == name }) else {
      throw .unavailableKernels(
        variable: Self.kernelVariable, name: name,
        available: KernelVariant.available.map(\.rawValue))
    }
    return variant
  }

  static let kernelVariable = "WHYLIGHT_KERNELS"
}
