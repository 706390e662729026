import Networks
import Tensors

extension BackwardPass {
  /// The same with other inputs.
  func reading(_ inputs: [LanesView]) -> BackwardPass {
    BackwardPass(
      dOutput: dOutput, outputShape: outputShape, inputs: inputs, inputShapes: inputShapes,
      output: output, cache: cache, scratch: scratch, dInputs: dInputs, dParameters: dParameters,
      purpose: purpose, node: node, group: group)
  }

  /// The same with another gradient of the output and other places for what comes back.
  func sending(_ dOutput: LanesView, to dInputs: [MutableLanesView?]) -> BackwardPass {
    BackwardPass(
      dOutput: dOutput, outputShape: outputShape, inputs: inputs, inputShapes: inputShapes,
      output: output, cache: cache, scratch: scratch, dInputs: dInputs, dParameters: dParameters,
      purpose: purpose, node: node, group: group)
  }
}
