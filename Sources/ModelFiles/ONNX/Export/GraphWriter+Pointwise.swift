import Networks

extension GraphWriter {
  mutating func write(
    _ kind: PointwiseKind, _ x: String, _ name: String, _ output: String
  ) {
    switch kind {
    case .absolute: add("Abs", [x], name: name, output: output)
    case .celu(let alpha): add("Celu", [x], [.init("alpha", alpha)], name: name, output: output)
    case .ceiling: add("Ceil", [x], name: name, output: output)
    case .clippedReLU(let low, let high):
      let least = floats([low], axes: [], name: name + "/min")
      let greatest = floats([high], axes: [], name: name + "/max")
      add("Clip", [x, least, greatest], name: name, output: output)
    case .cosine: add("Cos", [x], name: name, output: output)
    case .elu(let alpha): add("Elu", [x], [.init("alpha", alpha)], name: name, output: output)
    case .erf: add("Erf", [x], name: name, output: output)
    case .exponential: add("Exp", [x], name: name, output: output)
    case .floor: add("Floor", [x], name: name, output: output)
    case .gelu(let form):
      let approximation =
        switch form {
        case .erf: "none"
        case .tanh: "tanh"
        }
      add("Gelu", [x], [.init("approximate", approximation)], name: name, output: output)
    case .hardSigmoid(let alpha, let beta):
      add(
        "HardSigmoid", [x], [.init("alpha", alpha), .init("beta", beta)], name: name,
        output: output)
    case .hardSwish: add("HardSwish", [x], name: name, output: output)
    case .leakyReLU(let slope):
      add("LeakyRelu", [x], [.init("alpha", slope)], name: name, output: output)
    case .logarithm: add("Log", [x], name: name, output: output)
    case .mish: add("Mish", [x], name: name, output: output)
    case .negation: add("Neg", [x], name: name, output: output)
    case .power(let exponent): power(x, exponent, name, output)
    case .reciprocal: add("Reciprocal", [x], name: name, output: output)
    case .relu: add("Relu", [x], name: name, output: output)
    case .round: add("Round", [x], name: name, output: output)
    case .selu: add("Selu", [x], name: name, output: output)
    case .sigmoid: add("Sigmoid", [x], name: name, output: output)
    case .sign: add("Sign", [x], name: name, output: output)
    case .silu:
      let gate = add("Sigmoid", [x], name: name + "/gate")
      add("Mul", [x, gate], name: name, output: output)
    case .sine: add("Sin", [x], name: name, output: output)
    case .softplus: add("Softplus", [x], name: name, output: output)
    case .softsign: add("Softsign", [x], name: name, output: output)
    case .square: power(x, 2, name, output)
    case .squareRoot: add("Sqrt", [x], name: name, output: output)
    case .tanh: add("Tanh", [x], name: name, output: output)
    case .thresholdedReLU(let threshold):
      add("ThresholdedRelu", [x], [.init("alpha", threshold)], name: name, output: output)
    }
  }

  private mutating func power(_ x: String, _ exponent: Float, _ name: String, _ output: String) {
    let exponent = floats([exponent], axes: [], name: name + "/exponent")
    add("Pow", [x, exponent], name: name, output: output)
  }
}

extension ArithmeticKind {
  var operatorName: String {
    switch self {
    case .add: "Add"
    case .divide: "Div"
    case .maximum: "Max"
    case .minimum: "Min"
    case .multiply: "Mul"
    case .power: "Pow"
    case .subtract: "Sub"
    }
  }
}

extension ReductionKind {
  var operatorName: String {
    switch self {
    case .l1: "ReduceL1"
    case .l2: "ReduceL2"
    case .logSumExp: "ReduceLogSumExp"
    case .maximum: "ReduceMax"
    case .mean: "ReduceMean"
    case .minimum: "ReduceMin"
    case .product: "ReduceProd"
    case .sum: "ReduceSum"
    case .sumOfSquares: "ReduceSumSquare"
    }
  }
}
