public import Tensors

/// Why a layer cannot take its inputs. The graph adds which node it was.
public enum ShapeError: Error, Equatable {
  case wrongInputCount(found: Int, expected: ClosedRange<Int>)
  case wrongParameterCount(found: Int, expected: ClosedRange<Int>)
  case wrongRank(input: Int, found: Shape, expected: ClosedRange<Int>)

  /// An input's axis must have another length, given the layer's other numbers.
  case wrongLength(input: Int, axis: Int, found: Int, expected: Int)
  case wrongParameterShape(parameter: Int, found: Shape, expected: Shape)
  case notBroadcastable(Shape, Shape)
  case axisOutOfRange(axis: Int, rank: Int)

  /// A window (kernel with its dilation) is larger than the padded input.
  case windowTooLarge(window: Int, available: Int, axis: Int)
  case elementCountChanged(from: Shape, to: Shape)

  /// A number of the layer itself makes no sense: a stride of zero, groups that do not divide.
  case impossible(setting: String, value: Int)
  case tooLarge(axes: [Int])
}
