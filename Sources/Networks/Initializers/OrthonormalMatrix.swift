import Tensors

/// A random matrix whose rows are orthonormal, or its columns if those are fewer.
///
/// Normal vectors are made orthonormal one after the other (Gram and Schmidt, each projection taken
/// out twice so that rounding does not bring it back), which gives every such matrix the same chance.
struct OrthonormalMatrix {
  /// Row by row; the first axis of the shape counts rows, all others together columns.
  let values: [Double]

  init(_ shape: Shape, _ random: inout CounterRandom) {
    let rows = shape.rank > 0 ? shape[0] : 1
    let columns = shape.count / rows
    let (vectorCount, length) = (min(rows, columns), max(rows, columns))
    var vectors: [[Double]] = []
    for _ in 0..<vectorCount {
      var vector = (0..<length).map { _ in Double(random.normal()) }
      for other in vectors + vectors {
        let projection = zip(vector, other).reduce(0) { $0 + $1.0 * $1.1 }
        for i in 0..<length { vector[i] -= projection * other[i] }
      }
      let norm = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
      vectors.append(vector.map { $0 / norm })
    }
    values =
      rows <= columns
      ? vectors.flatMap { $0 }
      : (0..<length).flatMap { row in vectors.map { $0[row] } }
  }
}
