@testable import CommandLineTool

/// A command with one option of every kind that prints what it understood.
struct ToyCommand: Command {
  enum Fruit: String, CaseIterable {
    case apple
    case pear
    case quince
  }

  static let loud = Option.flag("loud", short: "l", in: "Manner", "Say it loudly.")
  static let all = Option.flag("all", short: "a", in: "Manner", "Say all of it.")
  static let report = Option.toggle("report", default: true, in: "Manner", "Write a report.")
  static let count = Option.value(
    "count", short: "n", .integer(in: 1...9), default: "3", in: "Values", "How often.")
  static let seed = Option.optional(
    "seed", .integer(in: 0...Int.max), in: "Values", "Where chance begins.")
  static let opacity = Option.value(
    "opacity", .number(in: 0...1), default: "0.5", in: "Values", "How much shows through.")
  static let fruit = Option.value(
    "fruit", short: "f", .choice(of: Fruit.self, placeholder: "FRUIT"), default: "pear",
    in: "Values", "Which fruit.")
  static let output = Option.optional(
    "output", short: "o", .folder(), shownDefault: "here", in: "Values", "Where it goes.")
  static let model = Option.optional(
    "model", .file(extensions: ["onnx"]), in: "Values", "A file with 'quotes'.")
  static let method = Option.list(
    "method", .specification(names: ["lime", "occlusion"]), defaults: ["lime"], in: "Values",
    "A method.")
  static let size = Option.optional("size", .pixelSize, in: "Values", "How large.")
  static let pixels = Option.optional("pixels", .pixelCount, in: "Values", "How many.")
  static let time = Option.optional("time", .duration, in: "Values", "How long.")
  static let layers = Option.optional(
    "layers", .integers(in: 1...512), in: "Values", "How wide each.")
  static let label = Option.optional("label", .text(placeholder: "TEXT"), in: "Values", "A name.")

  static let declaration = CommandDeclaration(
    name: "toy", summary: "Say what was understood.",
    discussion: ["A paragraph that is long enough to be wrapped on a narrow terminal."],
    synopses: ["[options] FIRST [SECOND...]"],
    operands: OperandDeclaration(
      required: ["FIRST"], allowsMore: true, completion: .files(extensions: ["png"])),
    options: [
      loud.declaration, all.declaration, report.declaration, count.declaration, seed.declaration,
      opacity.declaration, fruit.declaration, output.declaration, model.declaration,
      method.declaration, size.declaration, pixels.declaration, time.declaration,
      layers.declaration, label.declaration,
    ],
    examples: [.init(purpose: "Say one thing", line: "whylight toy one")])

  let lines: [String]

  init(_ arguments: Arguments) throws(UsageError) {
    if arguments[Self.loud] && arguments.isGiven(Self.label) {
      throw .conflictingOptions("--loud", "--label")
    }
    func shown<Value>(_ value: Value?) -> String { value.map { "\($0)" } ?? "-" }
    let methods = arguments[Self.method].map { method in
      ([method.name] + method.settings.map { $0.key + "=" + $0.value }).joined(separator: " ")
    }
    lines = [
      "operands \(arguments.operands)",
      "loud \(arguments[Self.loud]) all \(arguments[Self.all]) report \(arguments[Self.report])",
      "count \(arguments[Self.count]) seed \(shown(arguments[Self.seed]))",
      "opacity \(arguments[Self.opacity]) fruit \(arguments[Self.fruit])",
      "output \(shown(arguments[Self.output])) model \(shown(arguments[Self.model]))",
      "methods \(methods)",
      "size \(shown(arguments[Self.size].map { "\($0.width) by \($0.height)" }))",
      "pixels \(shown(arguments[Self.pixels])) time \(shown(arguments[Self.time]))",
      "layers \(shown(arguments[Self.layers])) label \(shown(arguments[Self.label]))",
    ]
  }

  func run(in session: Session) async throws -> ExitCode {
    for line in lines { session.result(line) }
    session.note("understood")
    return .done
  }
}

/// A command that takes exactly one operand.
struct SingleCommand: Command {
  static let declaration = CommandDeclaration(
    name: "single", summary: "Take one thing.", discussion: [], synopses: ["THING"],
    operands: OperandDeclaration(required: ["THING"], allowsMore: false, completion: .none),
    options: [], examples: [])

  init(_ arguments: Arguments) throws(UsageError) {}

  func run(in session: Session) async throws -> ExitCode { .done }
}

let toyCommands: [any Command.Type] = [ToyCommand.self, SingleCommand.self]
