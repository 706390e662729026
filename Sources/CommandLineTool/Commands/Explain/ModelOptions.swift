import FoundationEssentials
import Imaging
import ModelFiles
import Pipeline

/// The options that say which model is asked, and what its file leaves open.
enum ModelOptions {
  static let model = Option.optional(
    "model", short: "m", .file(extensions: ["onnx"]), shownDefault: "the bundled digit classifier",
    in: "Model", "The model, an ONNX file.")
  static let size = Option.optional(
    "size", .pixelSize, shownDefault: "what the model's file says, else 224x224", in: "Model",
    "How large pictures are, where the model's file leaves it open.")
  static let inputRange = Option.optional(
    "input-range", .choice(of: InputRange.self, placeholder: "RANGE"),
    shownDefault: "what the model's file says, else 0..1", in: "Model",
    "What black and white are for the model, before mean and deviation.")
  static let mean = Option.optional(
    "mean", .numbers, shownDefault: "what the model's file says, else 0", in: "Model",
    "What is subtracted from each channel, or from all.")
  static let deviation = Option.optional(
    "std", .numbers, shownDefault: "what the model's file says, else 1", in: "Model",
    "What each channel is then divided by.")
  static let colorOrder = Option.optional(
    "color-order", .choice(of: ColorOrder.self, placeholder: "ORDER"),
    shownDefault: "what the model's file says, else rgb", in: "Model",
    "Which channel comes first.")
  static let labels = Option.optional(
    "labels", .file(placeholder: "FILE"), shownDefault: "what the model's file says, else numbers",
    in: "Model",
    "The classes' names: a file with a line for each, or the names with commas between them.")
  static let inversion = Option.optional(
    "invert", .choice(of: Inversion.self, placeholder: "WHEN"),
    shownDefault: "what the model's file says, else auto", in: "Model",
    "Exchange black and white: models of white ink on black see scans of black on white. 'auto' decides "
      + "by the ink, so only with --fit digit; otherwise it exchanges nothing. Black and white of "
      + "baselines and fills are those of the exchanged picture.")
  static let fit = Option.optional(
    "fit", .choice(of: Fit.self, placeholder: "HOW"),
    shownDefault: "what the model's file says, else letterbox", in: "Model",
    "How a picture of any size becomes one of the model's: all of it with bars (letterbox), all of "
      + "it distorted (stretch), the largest part from its middle (crop), its ink as MNIST's digits "
      + "(digit).")

  /// What a model's file may leave open.
  static let told = [
    size.declaration, inputRange.declaration, mean.declaration, deviation.declaration,
    colorOrder.declaration, labels.declaration, inversion.declaration, fit.declaration,
  ]
  static let declarations = [model.declaration] + told
}

/// The model that the options name, with what they say of it.
struct ModelChoice: Sendable {
  let path: String?
  let size: InputSize?
  let range: InputRange?
  let mean: [Float]?
  let deviation: [Float]?
  let colorOrder: ColorOrder?
  let labels: String?
  let inversion: Inversion?
  let fit: Fit?

  /// The model that `--model` names.
  init(_ arguments: Arguments) { self.init(arguments, path: arguments[ModelOptions.model]) }

  /// The model at `path`, where a command has it as operand; without one the bundled model.
  init(_ arguments: Arguments, path: String?) {
    self.path = path
    size = arguments[ModelOptions.size].map { InputSize(rows: $0.height, columns: $0.width) }
    range = arguments[ModelOptions.inputRange]
    mean = arguments[ModelOptions.mean]
    deviation = arguments[ModelOptions.deviation]
    colorOrder = arguments[ModelOptions.colorOrder]
    labels = arguments[ModelOptions.labels]
    inversion = arguments[ModelOptions.inversion]
    fit = arguments[ModelOptions.fit]
  }

  /// The digest of the file, which takes as long as reading it does.
  func digest() throws -> String {
    guard let path else { return unsafe SHA256.digest(BundledModel.bytes.span) }
    return try SHA256.digest(contentsOf: path)
  }

  /// Reads the model, which has to be a classifier.
  func open() throws -> OpenedModel {
    let opened = try openAny()
    try ModelProblem.naming(opened.name) { try opened.model.requireClassifier() }
    return opened
  }

  /// Reads the model, whatever it puts out.
  func openAny() throws -> OpenedModel {
    var model = try ModelProblem.naming(path ?? BundledModel.name) {
      if let path { return try ModelFile(contentsOf: path, inputSize: size) }
      return try unsafe ModelFile(
        resident: UnsafeRawBufferPointer(BundledModel.bytes), inputSize: size)
    }
    if let size { model.information.inputSize = size }
    model.information.state(
      range: range, mean: mean, standardDeviation: deviation, colorOrder: colorOrder,
      inversion: inversion, fit: fit)
    if mean != nil || deviation != nil || fit != nil {
      do {
        _ = try PicturePreparation(model.inputShape, model.information.preparation)
      } catch {
        throw UsageError.preparation(error)
      }
    }
    if let labels { model.information.labels = try names(in: labels, classes: model.classCount) }
    return OpenedModel(model: model, name: path ?? BundledModel.name)
  }

  private func names(in text: String, classes: Int) throws -> [String] {
    var content = text
    if FileManager.default.fileExists(atPath: text) {
      guard let bytes = try bytes(ofLabels: text) else {
        throw ModelChoiceError.labelsUnreadable(text)
      }
      guard let decoded = String(validating: bytes, as: UTF8.self) else {
        throw ModelChoiceError.labelsNotText(text)
      }
      content = decoded
    } else if !text.contains(",") {
      throw ModelChoiceError.labelsMissing(text)
    }
    guard let names = LabelList.parse(content) else {
      throw ModelChoiceError.labelsUnreadable(text)
    }
    guard names.count == classes else {
      throw ModelChoiceError.labelCount(found: names.count, classes: classes)
    }
    return names
  }

  /// Nothing where there is no end to them.
  private func bytes(ofLabels path: String) throws(ImageFileError) -> [UInt8]? {
    do {
      return try ImageFile.bytes(of: path, limit: 16 << 20)
    } catch .fileTooLarge {
      return nil
    }
  }
}

/// A model that was read for a command.
struct OpenedModel: Sendable {
  let model: ModelFile

  /// As records name it.
  let name: String

  /// What had to be assumed because nobody said it, as sentences.
  var assumptions: [String] {
    let size = model.notes.compactMap { note in
      if case .sizeAssumed(let size) = note { ExplainMessages.sizeAssumed(size) } else { nil }
    }
    return size + (model.information.statesPreparation ? [] : [ExplainMessages.preparationAssumed])
  }
}

/// What is wrong with `--labels`.
enum ModelChoiceError: Error, Equatable {
  case labelsMissing(String)
  case labelsUnreadable(String)
  case labelsNotText(String)
  case labelCount(found: Int, classes: Int)
}
