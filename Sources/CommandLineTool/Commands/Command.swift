/// A command: a declaration that help, parsing and completions read, settings made from the
/// arguments, and the run.
///
/// A new command is one file with a conformance, and one line in ``CommandList``.
protocol Command: Sendable {
  static var declaration: CommandDeclaration { get }

  /// Makes the typed settings, and refuses combinations that make no sense.
  init(_ arguments: Arguments) throws(UsageError)

  /// Does the work. An error that is thrown ends the run as "could not run".
  func run(in session: Session) async throws -> ExitCode
}

/// The commands, in the order help lists them.
enum CommandList {
  static let all: [any Command.Type] = [
    ExplainCommand.self,
    ReportCommand.self,
    ClassifyCommand.self,
    TrainCommand.self,
    EvaluateCommand.self,
    InspectCommand.self,
    AdoptCommand.self,
    SegmentCommand.self,
    ConvertCommand.self,
    BenchCommand.self,
  ]
}

extension OperandDeclaration {
  /// Refuses too few and too many.
  func check(_ operands: [String]) throws(UsageError) {
    if operands.count < required.count {
      throw .missingOperand(required[operands.count])
    }
    if !allowsMore && operands.count > required.count {
      throw .unexpectedOperand(operands[required.count])
    }
  }
}
