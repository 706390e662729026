import Networks
import Tensors

/// Sums of products whose axes are named by letters: `nchw,kc->nkhw`.
///
/// Of one value it is a sum and a transpose, of two a matrix product between transposes: letters that
/// both have and the result keeps count matrices, those that the result loses are summed over.
enum EinsumOperator {
  static let table: [String: Operator] = ["Einsum": .layer(contract)]

  private static func contract(
    _ context: NodeContext, _ builder: inout GraphBuilder
  ) throws(NodeProblem) -> Activation {
    try context.requireInputs(1...2)
    let equation = try Equation(context)
    var operands: [Operand] = []
    for (index, letters) in equation.operands.enumerated() {
      operands.append(Operand(value: try context.value(index), letters: letters))
    }
    let samples = Set(operands.compactMap(\.sample))
    guard samples.count <= 1 else { throw .mixesBatch }
    let sample = samples.first
    for index in operands.indices {
      try operands[index].drop(sample, for: context, &builder)
    }
    let batchAxis = sample.flatMap { equation.result.firstIndex(of: $0) }
    guard sample == nil || batchAxis != nil else { throw .mixesBatch }
    let result = equation.result.filter { $0 != sample }

    let product: Operand
    if operands.count == 1 {
      try operands[0].sum(except: result, for: context, &builder)
      product = operands[0]
    } else {
      try operands[0].sum(except: result + operands[1].letters, for: context, &builder)
      try operands[1].sum(except: result + operands[0].letters, for: context, &builder)
      product = try Self.product(operands[0], operands[1], result, context, &builder)
    }
    guard case .activation(let value) = product.value, Set(product.letters) == Set(result) else {
      throw .unsupportedSetting(name: "equation", value: equation.text)
    }
    var order: [Int] = []
    for letter in result {
      guard let axis = product.letters.firstIndex(of: letter) else { throw .constantInputs }
      order.append(axis)
    }
    return try builder.transpose(value, order, batchAxis: batchAxis, for: context)
  }

  /// The product of two operands, with the letters of the result in any order.
  private static func product(
    _ a: Operand, _ b: Operand, _ result: [Character], _ context: NodeContext,
    _ builder: inout GraphBuilder
  ) throws(NodeProblem) -> Operand {
    let shared = a.letters.filter { b.letters.contains($0) && result.contains($0) }
    let summed = a.letters.filter { b.letters.contains($0) && !result.contains($0) }
    let (left, right) = (
      a.letters.filter { !b.letters.contains($0) }, b.letters.filter { !a.letters.contains($0) }
    )
    let letters = shared + left + right
    switch (a.value, b.value) {
    case (.activation, .constant(let weights)) where shared.isEmpty:
      let rows = try a.rearranged(
        left.isEmpty ? [summed] : [left, summed], as: "left", for: context, &builder)
      let matrix = try b.matrix(weights, rows: summed, columns: right)
      let product = try DenseOperators.linear(
        rows, weights: matrix, isTurned: false, scale: 1, bias: nil, biasScale: 1,
        helper: "product", context, &builder)
      return try Operand(value: .activation(product), letters: letters)
        .unfolded(a.lengths(of: left) + b.lengths(of: right), for: context, &builder)
    case (.constant, .activation) where shared.isEmpty:
      return try Self.product(b, a, result, context, &builder)
    default:
      let x = try a.beside(b, for: context, &builder)
        .rearranged(shared.map { [$0] } + [left, summed], as: "left", for: context, &builder)
      let y = try b.beside(a, for: context, &builder)
        .rearranged(shared.map { [$0] } + [summed, right], as: "right", for: context, &builder)
      let product = try builder.add(
        .matrixProduct(MatrixProduct()), [x, y], for: context, helper: "product",
        batchAxis: x.batchAxis)
      return try Operand(value: .activation(product), letters: letters)
        .unfolded(
          a.lengths(of: shared + left) + b.lengths(of: right), for: context, &builder)
    }
  }
}

/// The letters of an Einsum, an ellipsis written out as digits.
private struct Equation {
  let text: String
  let operands: [[Character]]
  let result: [Character]

  init(_ context: NodeContext) throws(NodeProblem) {
    text = context.text("equation", default: "").filter { $0 != " " }
    let refusal = NodeProblem.unsupportedSetting(name: "equation", value: text)
    let sides = text.split(separator: ">", omittingEmptySubsequences: false)
    guard 1...2 ~= sides.count, sides.count == 1 || sides[0].last == "-" else { throw refusal }
    let left = sides.count == 2 ? sides[0].dropLast() : sides[0]
    let terms = left.split(separator: ",", omittingEmptySubsequences: false)
    guard terms.count == context.inputs.count else { throw refusal }
    var operands: [[Character]] = []
    for (index, term) in terms.enumerated() {
      let rank =
        switch try context.value(index) {
        case .activation(let activation): activation.rank
        case .constant(let constant): constant.axes.count
        }
      guard let letters = Self.letters(term, rank: rank), letters.count == rank,
        Set(letters).count == rank
      else { throw refusal }
      operands.append(letters)
    }
    self.operands = operands
    let all = operands.flatMap { $0 }
    let open = Set(all.filter(\.isNumber)).sorted()
    if sides.count == 2 {
      let known = sides[1].filter { $0 != "." }
      guard let letters = Self.letters(sides[1], rank: known.count + open.count),
        Set(letters).count == letters.count, letters.allSatisfy(all.contains)
      else { throw refusal }
      result = letters
    } else {
      // What stands once, in the order of the alphabet.
      result =
        open
        + Set(all).filter { letter in letter.isLetter && all.count { $0 == letter } == 1 }.sorted()
    }
  }

  /// An ellipsis stands for as many axes as the rank leaves; they are numbered from the last one on,
  /// as broadcasting lays them over each other.
  private static func letters(_ term: Substring, rank: Int) -> [Character]? {
    let letters = term.filter { $0 != "." }
    guard letters.allSatisfy({ $0.isASCII && $0.isLetter }), rank <= 9 else { return nil }
    guard letters.count != term.count else { return Array(term) }
    guard let place = term.firstIndex(of: "."), term[place...].hasPrefix("..."),
      term.count == letters.count + 3, rank >= letters.count
    else { return nil }
    let digits = (0..<rank - letters.count).map { Character("\(9 - (rank - letters.count) + $0)") }
    return Array(term[..<place]) + digits + Array(term[place...].dropFirst(3))
  }
}

/// An operand of an Einsum while it is taken apart: its letters name its axes.
private struct Operand {
  var value: ImportedValue
  var letters: [Character]

  /// The letter of the batch axis.
  var sample: Character? {
    guard case .activation(let activation) = value else { return nil }
    return activation.batchAxis.map { letters[$0] }
  }

  private var axes: [Int] {
    switch value {
    case .activation(let activation): activation.shape.axes
    case .constant(let constant): constant.axes
    }
  }

  func lengths(of wanted: [Character]) -> [Int] {
    wanted.compactMap { letter in letters.firstIndex(of: letter).map { axes[$0] } }
  }

  /// Takes the batch's letter away: what has none of its own may have one axis of length one there.
  mutating func drop(
    _ letter: Character?, for context: NodeContext, _ builder: inout GraphBuilder
  ) throws(NodeProblem) {
    guard let letter, let place = letters.firstIndex(of: letter) else { return }
    letters.remove(at: place)
    var rest = axes
    switch value {
    case .activation(let activation) where activation.batchAxis == place: return
    case .activation(let activation):
      guard rest.remove(at: place) == 1 else { throw .mixesBatch }
      value = .activation(
        try builder.reshape(
          activation, to: rest, batchAxis: nil, for: context, helper: "one for all"))
    case .constant(let constant):
      guard rest.remove(at: place) == 1 else { throw .mixesBatch }
      value = .constant(constant.reshaped(rest))
    }
  }

  /// Adds up what neither the result nor the other operand names.
  mutating func sum(
    except kept: [Character], for context: NodeContext, _ builder: inout GraphBuilder
  ) throws(NodeProblem) {
    let lost = letters.indices.filter { !kept.contains(letters[$0]) }
    guard !lost.isEmpty else { return }
    guard case .activation(let activation) = value else { throw .constantInputs }
    letters.removeAll { !kept.contains($0) }
    value = .activation(
      try builder.add(
        .reduction(Reduction(.sum, axes: lost, keepsAxes: false)), [activation], for: context,
        helper: "sum", batchAxis: activation.batchAxis.map { _ in 0 }))
  }

  /// A constant as a value beside the other operand; a value as it is.
  func beside(
    _ other: Operand, for context: NodeContext, _ builder: inout GraphBuilder
  ) throws(NodeProblem) -> Operand {
    guard case .constant(let constant) = value, case .activation(let activation) = other.value
    else { return self }
    let filled = try builder.activation(
      of: constant, axes: constant.axes, batchAxis: activation.batchAxis.map { _ in 0 },
      beside: activation, for: context, helper: "constant")
    return Operand(value: .activation(filled), letters: letters)
  }

  /// The value with one axis for each group of letters.
  func rearranged(
    _ groups: [[Character]], as role: String, for context: NodeContext,
    _ builder: inout GraphBuilder
  ) throws(NodeProblem) -> Activation {
    guard case .activation(let activation) = value else { throw .constantInputs }
    let batchAxis = activation.batchAxis.map { _ in 0 }
    let order = groups.flatMap { $0 }.compactMap { letters.firstIndex(of: $0) }
    let moved = try builder.transpose(
      activation, order, batchAxis: batchAxis, for: context, helper: role)
    return try builder.reshape(
      moved, to: groups.map { lengths(of: $0).reduce(1, *) }, batchAxis: batchAxis, for: context,
      helper: role + " matrix")
  }

  /// A constant as a matrix.
  func matrix(
    _ constant: Constant, rows: [Character], columns: [Character]
  ) throws(NodeProblem) -> Constant {
    let order = (rows + columns).compactMap { letters.firstIndex(of: $0) }
    let axes = [lengths(of: rows).reduce(1, *), lengths(of: columns).reduce(1, *)]
    if order == Array(order.indices) { return constant.reshaped(axes) }
    let strides = ConstantIndexing.strides(constant.axes)
    try ConstantIndexing.checkedCount(axes, source: constant.count)
    let indices =
      constant.count == 0
      ? []
      : ConstantIndexing.walk(order.map { constant.axes[$0] }, strides: order.map { strides[$0] })
    return try constant.picking(indices, axes: axes)
  }

  /// A product's axes one for each letter again.
  func unfolded(
    _ lengths: [Int], for context: NodeContext, _ builder: inout GraphBuilder
  ) throws(NodeProblem) -> Operand {
    guard case .activation(let activation) = value else { throw .constantInputs }
    let whole = try builder.reshape(
      activation, to: lengths, batchAxis: activation.batchAxis, for: context, helper: "axes")
    return Operand(value: .activation(whole), letters: letters)
  }
}
