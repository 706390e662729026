import Attribution
import Imaging
import Pipeline

/// What is wrong with a command line; `Messages` has the sentences.
enum UsageError: Error, Equatable {
  case unknownCommand(String, nearest: String?)
  case unknownOption(String, nearest: String?)
  case missingValue(option: String, expectation: Expectation)
  case unwantedValue(option: String, value: String)
  case unacceptableValue(
    option: String, value: String, expectation: Expectation, nearest: String?)
  case missingOperand(String)
  case missingOption(String)
  case unexpectedOperand(String)
  case conflictingOptions(String, String)
  case optionWithoutEffect(option: String, given: ImageFormat)
  case unwritableFormat(file: String)
  case severalInputsForOneFile(output: String)
  case outputIsInput(String)
  case nothingToWrite(options: [String])
  case method(MethodError)
  case target(TargetError)

  /// What options say of the model's input does not fit the model.
  case preparation(PreparationError)
  case layers(LayersError)
  case unavailableKernels(variable: String, name: String, available: [String])
}
