import Tensors

/// Eigen-CAM: what the channels of a layer have most in common. It knows nothing of classes.
///
/// ```
/// A = U Σ Vᵀ, A as places times channels     map = A v₁
/// ```
///
/// A singular vector has no sign of its own. Here the map agrees with the activations' sum; where
/// those are nowhere negative, so is the map. pytorch-grad-cam centres every channel first and takes
/// the sign that its linear algebra happens to give; the profile centres and keeps our sign.
///
/// Reference: Muhammad & Yeasin 2020, arXiv 2008.00299.
struct EigenCAM: GraphMethod {
  let settings: CAMSettings

  var preferredBatch: Int { laneCount }

  func check(_ question: MethodQuestion) throws(MethodError) {
    _ = try settings.layer(of: question.model, method: question.context.name)
  }

  func attribute(
    _ subjects: [Subject], on session: NetworkSession, context: MethodContext
  ) throws -> [Attribution] {
    let layer = try settings.layer(of: session.model, method: context.name)
    let coarse = session.activations(of: layer, subjects).activations.map {
      projection($0, channels: layer.shape[0])
    }
    return zip(
      subjects, settings.finish.finish(coarse, of: layer.shape, session.inputShape)
    ).map { subject, values in
      context.attribution(values, of: subject, on: session, layer: layer, forward: 1)
    }
  }

  /// `A v₁`, through whichever of `A Aᵀ` and `Aᵀ A` is smaller.
  private func projection(_ activations: [Float], channels: Int) -> [Float] {
    let plane = activations.count / channels
    var rows = (0..<channels).map { channel in
      activations[channel * plane..<(channel + 1) * plane].map(Double.init)
    }
    let sums = (0..<plane).map { place in rows.reduce(0) { $0 + $1[place] } }
    if settings.isProfile {
      rows = rows.map { row in
        let mean = row.reduce(0, +) / Double(plane)
        return row.map { $0 - mean }
      }
    }
    let byPlace = (0..<plane).map { place in rows.map { $0[place] } }
    var map: [Double]
    if channels <= plane {
      let direction = GramMatrix(rows).leading.vector
      map = byPlace.map { dot($0, direction) }
    } else {
      let leading = GramMatrix(byPlace).leading
      map = leading.vector.map { $0 * leading.value.squareRoot() }
    }
    if dot(map, sums) < 0 { map = map.map { -$0 } }
    return map.map(Float.init)
  }
}

/// The products of some vectors with each other.
private struct GramMatrix {
  private let rows: [[Double]]

  init(_ vectors: [[Double]]) {
    rows = vectors.map { a in vectors.map { dot(a, $0) } }
  }

  /// The largest eigenvalue and its vector, of length one, by power iteration; zeros for a matrix of
  /// zeros.
  var leading: (value: Double, vector: [Double]) {
    guard let largest = rows.indices.max(by: { rows[$0][$0] < rows[$1][$1] }),
      rows[largest][largest] > 0
    else { return (0, Array(repeating: 0, count: rows.count)) }
    var vector = normalized(rows[largest]).vector
    for _ in 0..<20_000 {
      let (value, next) = normalized(rows.map { dot($0, vector) })
      let change = zip(next, vector).reduce(0) { max($0, abs($1.0 - $1.1)) }
      vector = next
      if change < 1e-12 { return (value, vector) }
    }
    return (normalized(rows.map { dot($0, vector) }).length, vector)
  }

  private func normalized(_ vector: [Double]) -> (length: Double, vector: [Double]) {
    let length = dot(vector, vector).squareRoot()
    return (length, vector.map { $0 / length })
  }
}

private func dot(_ a: [Double], _ b: [Double]) -> Double {
  var sum = 0.0
  for i in a.indices { sum += a[i] * b[i] }
  return sum
}
