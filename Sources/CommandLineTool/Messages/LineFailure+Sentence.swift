extension LineFailure: DescribedError {
  var sentence: String {
    switch self {
    case .cannotRead(let number):
      "Standard input cannot be read: \(String(systemError: number)). What would have come of it is "
        + "not done."
    case .endless(let limit):
      "Standard input is no list of paths: one would have more than \(limit) bytes. Write each on a "
        + "line of its own, or with a NUL byte behind it (find -print0)."
    }
  }
}
