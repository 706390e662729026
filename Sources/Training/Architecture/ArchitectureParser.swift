import Networks

/// Reads the text of an ``Architecture``.
struct ArchitectureParser {
  private var tokens: ArraySlice<Token>

  /// Where the last token that was used ends.
  private var usedEnd = 0

  /// A word, a number, a comma or a parenthesis.
  private struct Token {
    let text: String
    let range: Range<Int>
  }

  init(_ text: String) {
    tokens = Self.tokens(of: text)[...]
  }

  mutating func parse() throws(ArchitectureError) -> [PlacedLayer] {
    let layers = try list()
    if let rest = tokens.first { throw .unopenedParenthesis(range: rest.range) }
    guard !layers.isEmpty else { throw .empty }
    return layers
  }

  private static func tokens(of text: String) -> [Token] {
    var tokens: [Token] = []
    var word = ""
    var start = 0
    for (index, character) in (text + " ").enumerated() {
      let isMark = character == "," || character == "(" || character == ")"
      guard isMark || character.isWhitespace else {
        if word.isEmpty { start = index }
        word.append(character)
        continue
      }
      if !word.isEmpty { tokens.append(Token(text: word.lowercased(), range: start..<index)) }
      word = ""
      if isMark { tokens.append(Token(text: String(character), range: index..<index + 1)) }
    }
    return tokens
  }

  /// The next token, which is used up.
  private mutating func take() -> Token? {
    guard let token = tokens.popFirst() else { return nil }
    usedEnd = token.range.upperBound
    return token
  }

  /// Layers up to the end or to a parenthesis that closes.
  private mutating func list() throws(ArchitectureError) -> [PlacedLayer] {
    var layers: [PlacedLayer] = []
    while tokens.first?.text != ")", let token = take() {
      if token.text == "," { continue }
      let layer = try item(token)
      layers.append(PlacedLayer(layer: layer, range: token.range.lowerBound..<usedEnd))
      if let next = tokens.first, next.text != ",", next.text != ")" {
        throw .unknownWord(
          next.text, range: next.range, candidates: Self.modifiers(of: token.text))
      }
    }
    return layers
  }

  private mutating func item(_ word: Token) throws(ArchitectureError) -> LayerDescription {
    switch word.text {
    case "conv": return try convolution(word)
    case "norm", "batch-norm", "batchnorm": return .normalization
    case "pool", "max-pool":
      let (size, stride) = try window(word)
      return .maxPooling(size: size, stride: stride)
    case "average", "average-pool":
      let (size, stride) = try window(word)
      return .averagePooling(size: size, stride: stride)
    case "global": return try globalPooling(word)
    case "dense":
      if tokens.first?.text == "classes" {
        _ = take()
        return .dense(nil)
      }
      return .dense(try wholeNumber(after: word, 1...1_000_000))
    case "dropout": return .dropout(Float(try number(after: word, 0...0.95)))
    case "flatten": return .flatten
    case "residual": return .residual(try parenthesised(word))
    default:
      guard let kind = Self.activations[word.text] else {
        throw .unknownWord(word.text, range: word.range, candidates: Self.words)
      }
      return .activation(kind)
    }
  }

  private mutating func convolution(_ word: Token) throws(ArchitectureError) -> LayerDescription {
    let filters = try wholeNumber(after: word, 1...65_536)
    guard let kernel = take() else {
      throw .missingNumber(after: word.text, range: word.range)
    }
    let sides = kernel.text.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
    guard 1...2 ~= sides.count, let height = sides[0], let width = sides[sides.count - 1],
      1...64 ~= height, 1...64 ~= width
    else { throw .badKernel(kernel.text, range: kernel.range) }
    var stride = 1
    var padding = SpatialPadding.same
    while let modifier = tokens.first, Self.modifiers(of: "conv").contains(modifier.text) {
      _ = take()
      switch modifier.text {
      case "stride": stride = try wholeNumber(after: modifier, 1...64)
      case "pad": padding = .pixels(try wholeNumber(after: modifier, 0...63))
      case "valid": padding = .pixels(0)
      default: padding = .same
      }
    }
    return .convolution(
      filters: filters, height: height, width: width, stride: stride, padding: padding)
  }

  private mutating func window(_ word: Token) throws(ArchitectureError) -> (Int, Int) {
    let size = try wholeNumber(after: word, 1...1024)
    guard let modifier = tokens.first, modifier.text == "stride" else { return (size, size) }
    _ = take()
    return (size, try wholeNumber(after: modifier, 1...1024))
  }

  private mutating func globalPooling(_ word: Token) throws(ArchitectureError) -> LayerDescription {
    let kinds: [String: GlobalPooling.Kind] = ["average": .average, "pool": .average, "max": .max]
    guard let token = take() else {
      throw .unknownWord(
        word.text, range: word.range, candidates: ["global average", "global max"])
    }
    guard let kind = kinds[token.text] else {
      throw .unknownWord(token.text, range: token.range, candidates: kinds.keys.sorted())
    }
    return .globalPooling(kind)
  }

  private mutating func parenthesised(_ word: Token) throws(ArchitectureError) -> [PlacedLayer] {
    guard let open = take(), open.text == "(" else {
      throw .unclosedParenthesis(range: word.range)
    }
    let layers = try list()
    guard take() != nil else { throw .unclosedParenthesis(range: open.range) }
    return layers
  }

  private mutating func number(
    after word: Token, _ range: ClosedRange<Double>
  ) throws(ArchitectureError) -> Double {
    guard let token = tokens.first, ![",", "(", ")"].contains(token.text) else {
      throw .missingNumber(after: word.text, range: word.range)
    }
    _ = take()
    guard let value = Double(token.text), range.contains(value) else {
      throw .badNumber(token.text, range: token.range, expected: range)
    }
    return value
  }

  private mutating func wholeNumber(
    after word: Token, _ range: ClosedRange<Int>
  ) throws(ArchitectureError) -> Int {
    let bounds = Double(range.lowerBound)...Double(range.upperBound)
    let written = tokens.first ?? word
    let value = try number(after: word, bounds)
    guard let whole = Int(exactly: value) else {
      throw .badNumber(written.text, range: written.range, expected: bounds)
    }
    return whole
  }

  static let activations: [String: PointwiseKind] = [
    "elu": .elu(alpha: 1), "gelu": .gelu(.erf), "leaky": .leakyReLU(slope: 0.01),
    "mish": .mish, "relu": .relu, "selu": .selu, "sigmoid": .sigmoid, "silu": .silu,
    "softplus": .softplus, "tanh": .tanh,
  ]

  private static let words =
    ["conv", "norm", "pool", "average", "global", "dense", "dropout", "flatten", "residual"]
    + activations.keys.sorted()

  private static func modifiers(of word: String) -> [String] {
    switch word {
    case "conv": ["stride", "pad", "same", "valid"]
    case "pool", "max-pool", "average", "average-pool": ["stride"]
    default: []
    }
  }
}
