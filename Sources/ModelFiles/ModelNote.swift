public import Tensors

/// Something about a model file that its user should know but that stops nothing.
public enum ModelNote: Hashable, Sendable {
  /// Who wrote the file.
  case producer(name: String, version: String)
  case operatorSet(Int)

  /// The file was made for this many samples at a time; it runs with any number all the same.
  case fixedBatch(Int)

  /// Activations are computed in float although the file quantises them; what a quantised value
  /// cannot exceed is still cut off.
  case quantizedActivationsInFloat

  /// Weights came in a narrower or wider type and were converted to 32-bit floats.
  case convertedWeights

  /// The classifying output ends in a softmax or sigmoid; the logits behind it are explained.
  case finalActivationSteppedBehind(OutputActivation, output: String)

  /// The output names the largest class, or the like; the scores that it decides by are read.
  case decisionSteppedBehind(output: String, scores: String)

  /// The outputs that were not read because the first one classifies.
  case otherOutputs([String])

  /// The file leaves open how large pictures are, and nobody said it; this size was taken.
  case sizeAssumed(InputSize)

  /// The input is declared with these axes, which have none for channels; here it is a picture
  /// `[C, H, W]`.
  case withoutChannels(Shape)

  /// The input is declared with the channels last; here it is `[C, H, W]` all the same.
  case channelsLast
}
