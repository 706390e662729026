import Attribution

/// The options of `bench`.
enum BenchOptions {
  static let model = Option.optional(
    "model", short: "m", .file(extensions: ["onnx"]), in: "Work",
    "The model to measure, an ONNX file.")
  static let method = Option.value(
    "method",
    .text(placeholder: "SPEC").offering(
      BenchCommand.PlainWork.allCases.map(\.rawValue) + MethodCatalogue.all.map(\.name)),
    default: "classify", in: "Work",
    "What to do with each picture: classify (forward only), train (batches of 64, Adam, labels at "
      + "random), or an attribution method, name[:key=value...].")
  static let seconds = Option.value(
    "seconds", .number(in: 0.01...3600), default: "2", in: "Work",
    "How long to repeat it.")
  static let json = Option.flag(
    "json", in: "General", "Print one line of JSON instead of words.")

  static let declarations =
    [model.declaration, method.declaration, seconds.declaration] + ModelOptions.told
    + [ThreadOption.usual.declaration, json.declaration]
}
