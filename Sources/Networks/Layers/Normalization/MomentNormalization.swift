import Tensors

/// What layer, group and instance normalisation share: each sample's elements fall into rows that
/// are brought to mean zero and spread one by themselves.
///
/// ```
/// μ = Σ x / n     r = 1 / √(Σ (x − μ)² / n + ε)     x̂ = (x − μ) · r     y = x̂ · scale + bias
/// with g = dy · scale:
/// dx = r · (g − Σ g / n − x̂ · Σ g · x̂ / n)
/// dScale = Σ dy · x̂                                dBias = Σ dy
/// ```
///
/// A row is `parts` stretches of `run` elements; the elements of a stretch have one scale and bias.
/// Without centring (root mean square normalisation) μ is zero and so is the term `Σ g / n`.
///
/// The cache holds μ and r of each row.
struct MomentNormalization {
  let rows: Int
  let parts: Int
  let run: Int

  /// Whether each row has scales and biases of its own, or all have the same.
  let rowsHaveOwnScales: Bool
  let centers: Bool
  let epsilon: Float

  var length: Int { parts * run }

  func forward(_ pass: ForwardPass, weights: LayerWeights) {
    let parameters = weights.parameters
    for row in 0..<rows {
      let elements = pass.inputs[0][row * length..<(row + 1) * length]
      let mean = centers ? elements.sum() / Float(length) : .zero
      let squares = elements.sumOfSquares(about: mean)
      let reciprocal = 1 / (squares / Float(length) + epsilon).squareRoot()
      if pass.fillsCache {
        pass.cache[2 * row] = mean
        pass.cache[2 * row + 1] = reciprocal
      }
      for part in 0..<parts {
        let scale = parameters.isEmpty ? 1 : parameters[0].values[place(row, part)]
        let bias = parameters.count < 2 ? 0 : parameters[1].values[place(row, part)]
        let start = row * length + part * run
        pass.output[start..<start + run].map(pass.inputs[0][start..<start + run]) {
          ($0 - mean) * reciprocal * scale + bias
        }
      }
    }
  }

  func backward(_ pass: BackwardPass, weights: LayerWeights) {
    sumParameterGradients(pass)
    guard let dInput = pass.dInputs[0] else { return }
    for row in 0..<rows {
      let (mean, reciprocal) = (pass.cache[2 * row], pass.cache[2 * row + 1])
      var (sum, product) = (Vector.zero, Vector.zero)
      for part in 0..<parts {
        let scale = weights.parameters.isEmpty ? 1 : weights.parameters[0].values[place(row, part)]
        let start = row * length + part * run
        let dOutput = pass.dOutput[start..<start + run]
        sum += dOutput.sum() * scale
        product += dOutput.sumOfProducts(
          with: pass.inputs[0][start..<start + run], minus: mean, times: reciprocal * scale)
      }
      let dMean = centers ? sum / Float(length) : .zero
      let dSpread = product / Float(length)
      for part in 0..<parts {
        let scale = weights.parameters.isEmpty ? 1 : weights.parameters[0].values[place(row, part)]
        let start = row * length + part * run
        let range = start..<start + run
        dInput[range].map(pass.dOutput[range], pass.inputs[0][range]) { dy, x in
          let throughMean = dy * scale - dMean
          let throughSpread = (x - mean) * reciprocal * dSpread
          return (throughMean - throughSpread) * reciprocal
        }
      }
    }
  }

  /// Before the gradient of the input, which may take the memory of `dOutput`.
  private func sumParameterGradients(_ pass: BackwardPass) {
    let active = pass.group.activeLanes
    let sharers = rowsHaveOwnScales ? 1 : rows
    for (index, gradient) in pass.dParameters.enumerated() {
      guard let gradient else { continue }
      for place in 0..<gradient.count {
        var total = Vector.zero
        for sharer in 0..<sharers {
          let start = sharer * length + place * run
          let row = start / length
          let (mean, reciprocal) = (pass.cache[2 * row], pass.cache[2 * row + 1])
          let range = start..<start + run
          let dOutput = pass.dOutput[range]
          total +=
            index == 0
            ? dOutput.sumOfProducts(with: pass.inputs[0][range], minus: mean, times: reciprocal)
            : dOutput.sum()
        }
        gradient[place] = total.sum(active: active)
      }
    }
  }

  private func place(_ row: Int, _ part: Int) -> Int {
    rowsHaveOwnScales ? row * parts + part : part
  }
}
