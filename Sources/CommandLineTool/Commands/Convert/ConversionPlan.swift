import FoundationEssentials
import Imaging
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
    isIntoFolder = output.hasSuffix("/") || Self.isFolder(output)
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
    let folder = operands.output.hasSuffix("/") ? operands.output : operands.output + "/"
    steps = try Discovery.files(in: operands.inputs, takingDrawings: true).map { file in
      let format = format ?? file.format ?? ImageFormat(writtenAs: file.path) ?? .png
      return ConversionStep(
        input: file.path, output: folder + Self.name(file.relativePath, as: format),
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
    let stem =
      ImageFormat(writtenAs: name) == nil ? name : String(name[..<name.lastIndex(of: ".")!])
    switch format {
    case .png: return stem + ".png"
    case .jpeg: return stem + ".jpg"
    }
  }

  /// Nothing is written twice, and no picture is replaced by its conversion unasked.
  private func refuseClashes() throws(ConversionPlanError) {
    var inputs: [String: String] = [:]
    for step in steps {
      if let first = inputs.updateValue(step.input, forKey: step.output) {
        throw .sameOutput(first: first, second: step.input, output: step.output)
      }
    }
    let originals = Set(steps.map { Self.realPath($0.input) })
    for step in steps where originals.contains(Self.realPath(step.output)) {
      throw .overwritesInput(path: step.output)
    }
  }

  private static func realPath(_ path: String) -> String {
    URL(filePath: path).resolvingSymlinksInPath().path
  }

  /// Makes the folders that the pictures go to.
  func makeFolders() throws(ConversionPlanError) {
    let folders = Set(steps.map { String($0.output[..<$0.output.lastIndex(of: "/")!]) })
    for folder in folders where !folder.isEmpty {
      do {
        try FileManager.default.createDirectory(
          atPath: folder, withIntermediateDirectories: true)
      } catch {
        throw .folderNotMade(path: folder)
      }
    }
  }
}
