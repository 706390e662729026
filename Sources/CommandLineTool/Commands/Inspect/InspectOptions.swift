/// The options of `inspect`.
enum InspectOptions {
  static let json = Option.flag(
    "json", in: "Output", "Print one line of JSON instead of tables, with every figure.")
  static let svg = Option.optional(
    "svg", .file(extensions: ["svg"]), in: "Output",
    "Draw the network as a diagram into this file.")
  static let filters = Option.optional(
    "filters", .file(extensions: ["png"]), in: "Output",
    "Draw the filters of the first convolution into this file, a PNG.")

  static let declarations =
    ModelOptions.told + [
      json.declaration, svg.declaration, filters.declaration, ThreadOption.usual.declaration,
    ]
}
