/// What was typed after a command's name, sorted and checked against its declaration, but not yet
/// understood: a command makes its typed settings of it.
struct Arguments: Sendable {
  let operands: [String]
  private let occurrences: [String: [String]]
  private let declared: Set<String>

  init(operands: [String], occurrences: [String: [String]], declared: [OptionDeclaration]) {
    self.operands = operands
    self.occurrences = occurrences
    self.declared = Set(declared.map(\.name))
  }

  /// The value of an option, its default if it was not given.
  subscript<Value>(option: Option<Value>) -> Value {
    let name = option.declaration.name
    precondition(declared.contains(name), "--\(name) is read but not declared by the command")
    return option.read(occurrences[name] ?? [])
  }

  /// Whether an option stands on the command line, whatever its value.
  func isGiven<Value>(_ option: Option<Value>) -> Bool {
    isGiven(option.declaration)
  }

  func isGiven(_ option: OptionDeclaration) -> Bool { occurrences[option.name] != nil }
}
