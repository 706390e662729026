public import Networks

/// A network as a line of text: `conv 16 5x5, relu, pool 2, dense 10`.
///
/// | layer | means |
/// | --- | --- |
/// | `conv N KxK` | N filters, padded so that the size stays; then `stride S`, `pad P`, `valid` |
/// | `norm` | batch normalisation |
/// | `relu`, `tanh`, … | an activation |
/// | `pool N`, `average N` | the largest or the mean of N x N; then `stride S` |
/// | `global average`, `global max` | one number for each channel |
/// | `dense N` | N outputs from all there is; `classes` stands for as many as there are classes |
/// | `dropout P` | drops a share P in training |
/// | `flatten` | one axis; `dense` does it by itself |
/// | `residual(…)` | the layers' result added to their input, which a 1x1 convolution fits if it must |
public struct Architecture: Sendable, Hashable {
  /// The line it was made of.
  public let text: String

  /// The layers in order.
  let layers: [PlacedLayer]

  /// Reads a line; errors say which characters are wrong.
  public init(_ text: String) throws(ArchitectureError) {
    self.text = text
    var parser = ArchitectureParser(text)
    layers = try parser.parse()
  }
}

/// A layer and where in the text it stands, in characters.
struct PlacedLayer: Sendable, Hashable {
  let layer: LayerDescription
  let range: Range<Int>
}

/// What one item of an architecture says.
enum LayerDescription: Sendable, Hashable {
  case convolution(filters: Int, height: Int, width: Int, stride: Int, padding: SpatialPadding)
  case normalization
  case activation(PointwiseKind)
  case maxPooling(size: Int, stride: Int)
  case averagePooling(size: Int, stride: Int)
  case globalPooling(GlobalPooling.Kind)

  /// Nothing stands for as many as there are classes.
  case dense(Int?)
  case dropout(Float)
  case flatten
  indirect case residual([PlacedLayer])
}

/// How much is added around a picture before a convolution.
enum SpatialPadding: Sendable, Hashable {
  /// So much that the size stays (or is divided by the stride, rounded up).
  case same
  case pixels(Int)
}

/// What is wrong with the text of an architecture, and where: `range` counts characters.
public enum ArchitectureError: Error, Equatable {
  case empty
  case unknownWord(String, range: Range<Int>, candidates: [String])

  /// A number is missing after a word, such as the filters after `conv`.
  case missingNumber(after: String, range: Range<Int>)
  case badNumber(String, range: Range<Int>, expected: ClosedRange<Double>)

  /// A kernel that is not written `5x5` or `5`.
  case badKernel(String, range: Range<Int>)
  case unclosedParenthesis(range: Range<Int>)
  case unopenedParenthesis(range: Range<Int>)

  /// The layer cannot follow the ones before it.
  case impossible(layer: String, range: Range<Int>, ShapeError)

  /// The layers inside `residual(…)` make another size than the picture has.
  case residualSize(range: Range<Int>, input: [Int], output: [Int])

  /// The last layer does not give one number for each class.
  case wrongOutput(range: Range<Int>, found: [Int], classes: Int)
}
