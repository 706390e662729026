import FoundationEssentials
import Imaging
import Paths
import Pipeline

/// What stands on the command line of `convert` besides options.
struct ConversionOperands: Sendable, Equatable {
  let inputs: [String]
  let output: String
  /// Whether the output is a folder: it says so, or it is there and is one.
  let isIntoFolder: Bool

  init(_ operands: [String]) {
    inputs = Array(operands.dropLast())
    output = operands.last ?? ""
    isIntoFolder = output.endsInSlash || Self.isFolder(output)
  }

  static func isFolder(_ path: String) -> Bool {
    var isFolder = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder
  }
}

/// One picture to convert.
struct ConversionStep: Sendable, Equatable {
  let input: String
  let output: String
  let format: ImageFormat
}

/// Why a conversion does not even begin.
enum ConversionPlanError: Error, Equatable {
  case sameOutput(first: String, second: String, output: String)
  case overwritesInput(path: String)
  case folderNotMade(path: String)
}

/// Every picture to convert and where it goes, known before the first one is read.
struct ConversionPlan: Sendable {
  let steps: [ConversionStep]

  init(operands: ConversionOperands, format: ImageFormat?) throws {
    guard operands.isIntoFolder else {
      steps = [try Self.singleStep(operands, format)]
      return
    }
    steps = try Discovery.files(in: operands.inputs, takingDrawings: true).map { file in
      let format = format ?? file.format ?? ImageFormat(writtenAs: file.path) ?? .png
      return ConversionStep(
        input: file.path,
        output: operands.output.appendingPath(Self.name(file.relativePath, as: format)),
        format: format)
    }
    try refuseClashes()
  }

  private static func singleStep(
    _ operands: ConversionOperands, _ format: ImageFormat?
  ) throws(UsageError) -> ConversionStep {
    guard operands.inputs.count == 1, let input = operands.inputs.first,
      !ConversionOperands.isFolder(input)
    else { throw .severalInputsForOneFile(output: operands.output) }
    guard let format = format ?? ImageFormat(writtenAs: operands.output) else {
      throw .unwritableFormat(file: operands.output)
    }
    return ConversionStep(input: input, output: operands.output, format: format)
  }

  /// The name with the ending of the format, unless it has one already.
  private static func name(_ name: String, as format: ImageFormat) -> String {
    if ImageFormat(writtenAs: name) == format { return name }
    let stem = ImageFormat(writtenAs: name) == nil ? name : String(name.withoutFileEnding)
    switch format {
    case .png: return stem + ".png"
    case .jpeg: return stem + ".jpg"
    }
  }

  /// Nothing is written twice, and no picture is replaced by its conversion unasked.
  private func refuseClashes() throws(ConversionPlanError) {
    // By bytes: names in two normal forms are equal as texts.
    var inputs: [[UInt8]: String] = [:]
    for step in steps {
      if let first = inputs.updateValue(step.input, forKey: Array(step.output.utf8)) {
        throw .sameOutput(first: first, second: step.input, output: step.output)
      }
    }
    let originals = Set(steps.compactMap { RealPath.of($0.input).map { Array($0.utf8) } })
    for step in steps {
      if let real = RealPath.of(step.output), originals.contains(Array(real.utf8)) {
        throw .overwritesInput(path: step.output)
      }
    }
  }

  /// Makes the folders that the pictures go to.
  func makeFolders() throws(ConversionPlanError) {
    var made: Set<[UInt8]> = []
    for folder in steps.lazy.map(\.output.folderPath)
    where made.insert(Array(folder.utf8)).inserted {
      do {
        try OutputFolder.make(folder)
      } catch {
        // What should go there fails when it is written.
        if case .nameTooLong = error { continue }
        throw .folderNotMade(path: folder)
      }
    }
  }
}
