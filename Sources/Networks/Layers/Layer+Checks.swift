import Tensors

extension Layer {
  /// Throws unless there are as many inputs and parameters as the layer takes.
  func requireCounts(
    _ inputs: [Shape], _ inputCount: ClosedRange<Int>,
    _ parameters: [Shape], _ parameterCount: ClosedRange<Int>
  ) throws(ShapeError) {
    guard inputCount.contains(inputs.count) else {
      throw .wrongInputCount(found: inputs.count, expected: inputCount)
    }
    guard parameterCount.contains(parameters.count) else {
      throw .wrongParameterCount(found: parameters.count, expected: parameterCount)
    }
  }
}
