import Rendering

extension UsageError: DescribedError {
  var sentence: String {
    switch self {
    case .unknownCommand(let name, let nearest):
      "There is no command '\(name)'." + didYouMean(nearest)
    case .unknownOption(let name, let nearest):
      "There is no option '\(name)' here." + didYouMean(nearest)
    case .missingValue(let option, let expectation):
      "\(option) needs a value: \(expectation.words)."
    case .unwantedValue(let option, let value):
      "\(option) takes no value, but has '\(value)'."
    case .unacceptableValue(let option, let value, .colorMap(let names), let nearest):
      if let map = ColorMap.counterpart(of: value)?.rawValue {
        "\(option): there is no '\(value)' here; '\(map)' is the one most like it. There are "
          + "\(names.joined(separator: ", "))."
      } else {
        "\(option) is '\(value)', but must be one of \(names.joined(separator: ", "))."
          + didYouMean(nearest)
      }
    case .unacceptableValue(let option, let value, let expectation, let nearest):
      "\(option) is '\(value)', but must be \(expectation.words)." + didYouMean(nearest)
    case .missingOperand(let name):
      "\(name) is missing."
    case .missingOption(let name):
      "--\(name) is missing."
    case .unexpectedOperand(let text):
      "'\(text)' is one argument too many."
    case .conflictingOptions(let first, let second):
      "\(first) and \(second) exclude each other. Leave one out."
    case .optionWithoutEffect(let option, let format):
      "\(option) has no effect on a \(format.name). Leave it out."
    case .unwritableFormat(let file):
      "\(file): the name of an output ends in .png, .jpg or .jpeg, "
        + "or in / for a folder."
    case .severalInputsForOneFile(let output):
      "Several inputs need a folder as output. Write '\(output)/' if it is to be one."
    case .nothingToWrite(let options):
      "There is nothing to write. Give at least one of --\(options.joined(separator: ", --"))."
    case .outputIsInput(let path):
      "\(path) would be written over, which is what is to be read. Name another output."
    case .method(let error):
      error.sentence
    case .target(let error):
      error.sentence
    case .preparation(let error):
      error.sentence
    case .layers(let error):
      error.sentence
    case .unavailableKernels(let variable, let name, let available):
      "\(variable) is '\(name)', but this machine has \(available.joined(separator: ", "))."
    }
  }

  private func didYouMean(_ name: String?) -> String {
    name.map { " Did you mean '\($0)'?" } ?? ""
  }
}

extension Expectation {
  /// The expectation as words that complete "must be".
  var words: String {
    switch self {
    case .wholeNumber(0...Int.max):
      "a whole number of at least 0 and below 2^63"
    case .wholeNumber(let range):
      "a whole number " + Self.bounds(range.lowerBound, range.upperBound, noEnd: Int.max)
    case .number(let range):
      "a number "
        + (range.upperBound.isFinite
          ? "from \(shortest(range.lowerBound)) to \(shortest(range.upperBound))"
          : "of at least \(shortest(range.lowerBound))")
    case .oneOf(let names), .colorMap(let names):
      "one of " + names.joined(separator: ", ")
    case .pixelSize:
      "a width and a height in pixels such as 640x480, each from 1 to 65535"
    case .pixelCount:
      "a number of pixels such as 250000 or 200M"
    case .byteCount:
      "a number of bytes such as 500M or 2G"
    case .duration:
      "a length of time such as 90s, 1.5m or 2h"
    case .wholeNumbers(let range):
      "whole numbers with commas between them, each "
        + Self.bounds(range.lowerBound, range.upperBound, noEnd: Int.max)
    case .specification(let names):
      "a name with settings if needed (name:key=value,key=value), the name one of "
        + names.joined(separator: ", ")
    case .text:
      "a text that is not empty"
    case .form(let words):
      words
    }
  }

  private static func bounds(_ lower: Int, _ upper: Int, noEnd: Int) -> String {
    upper == noEnd ? "of at least \(lower)" : "from \(lower) to \(upper)"
  }
}
