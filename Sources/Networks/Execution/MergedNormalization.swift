import Tensors

/// A batch normalisation that the weights of the layer before it do.
///
/// ```
/// a · (W x + b − μ) + β = (a W) x + (a (b − μ) + β)          with a = scale / √(σ² + ε)
/// ```
///
/// The products are made in double precision and rounded once, so that a result differs from the two
/// layers' by no more than they from the exact one.
struct MergedNormalization: Sendable {
  let layer: BatchNormalization
  let parameters: [Graph.ParameterID]

  /// The weights and the bias that do both.
  func merged(into own: [Parameter], of graph: Graph) -> [Parameter] {
    let lines = layer.lines(parameters.map { graph[$0] })
    let (channels, weights) = (lines.count, own[0])
    let row = weights.values.count / channels
    let biases = own.count > 1 ? own[1].values : Array(repeating: 0, count: channels)
    precondition(
      weights.shape[0] == channels && biases.count == channels,
      "\(channels) channels normalised behind weights \(weights.shape)")
    var rows: [Float] = []
    rows.reserveCapacity(weights.values.count)
    for (channel, line) in lines.enumerated() {
      for weight in weights.values[channel * row..<(channel + 1) * row] {
        rows.append(Float(line.slope * Double(weight)))
      }
    }
    return [
      Parameter(weights.name, weights.shape, rows, isTrainable: false),
      Parameter(
        "\(weights.name)/bias", [channels],
        zip(lines, biases).map { Float($0.slope * Double($1) + $0.offset) }, isTrainable: false),
    ]
  }
}

extension BatchNormalization {
  /// What each channel is multiplied with, and what is added then.
  fileprivate func lines(_ parameters: [Parameter]) -> [(slope: Double, offset: Double)] {
    func values(_ role: Int) -> [Double] { parameters[role].values.map(Double.init) }
    let (means, variances) = (values(Role.mean), values(Role.variance))
    return zip(values(Role.scale), values(Role.bias)).enumerated().map { channel, own in
      let slope = own.0 / (variances[channel] + Double(epsilon)).squareRoot()
      return (slope, own.1 - slope * means[channel])
    }
  }
}
