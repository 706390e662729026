import Networks
import Tensors

/// What a name of the ONNX graph stands for while the graph is read.
enum ImportedValue: Sendable {
  case constant(Constant)
  case activation(Activation)
}

/// A value of the network, and where the batch axis stands in the shape that the ONNX file gives it.
///
/// The network has no batch axis: a value of ONNX shape `[N, C, H, W]` has the shape `[C, H, W]` and
/// the batch axis 0. Transposes may move it, and files made for one single sample may drop it.
struct Activation: Sendable {
  let value: Graph.ValueID
  let shape: Shape
  let batchAxis: Int?

  /// The number of axes in the ONNX file.
  var rank: Int { shape.rank + (batchAxis == nil ? 0 : 1) }

  /// The lengths of the axes in the ONNX file.
  var dimensions: [SymbolicInteger] {
    var dimensions = shape.axes.map(SymbolicInteger.init)
    if let batchAxis { dimensions.insert(.batch, at: batchAxis) }
    return dimensions
  }

  /// The axis of ``shape`` that an axis of the ONNX file is; negative ones count from the end.
  func axis(_ axis: Int) throws(NodeProblem) -> Int {
    let axis = try ConstantIndexing.axis(axis, rank: rank)
    guard let batchAxis else { return axis }
    guard axis != batchAxis else { throw .mixesBatch }
    return axis < batchAxis ? axis : axis - 1
  }
}
