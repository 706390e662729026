import Networks
import Tensors

/// One forward and backward of a layer over a batch, by hand: no graph, no plan.
///
/// The memory is hostile: everything a layer must write starts as `poison`, and so do all lanes
/// without a sample. Views that ``Layer/backwardReads`` does not name are empty.
struct LayerRun {
  /// The output of each sample.
  private(set) var outputs: [[Float]] = []

  /// ∂L/∂input: of each input, of each sample; empty for inputs whose gradient is not wanted.
  private(set) var dInputs: [[[Float]]]

  /// ∂L/∂parameter of each parameter, the groups' shares added in order.
  private(set) var dParameters: [[Float]]

  /// What a run is made of.
  struct Settings {
    /// What stands in memory before the layer writes it, and in lanes without a sample.
    var poison: Float = .nan

    /// Whether the output takes the first input's memory, and its gradient the output gradient's.
    var inPlace = false

    /// What the layer is to hold its output between.
    var bounds: ResultBounds?

    /// Which input gradients are wanted; nothing stands for all.
    var wantedInputs: Set<Int>?

    var wantsParameters = true
  }

  init(
    _ operation: Operation, inputs: [[[Float]]], shapes: [Shape], parameters: [Parameter],
    dOutputs: [[Float]], purpose: PlanPurpose, settings: Settings = Settings()
  ) throws {
    let layer = operation.layer
    let outputShape = try layer.outputShape(inputs: shapes, parameters: parameters.map(\.shape))
    dInputs = shapes.map { _ in [] }
    dParameters = parameters.map { Array(repeating: 0, count: $0.values.count) }
    let weights = LayerWeights(layer, inputs: shapes, purpose: purpose) { parameters }
    let reads = layer.backwardReads(for: purpose)
    let nothing = LaneArena(count: 0)

    for first in stride(from: 0, to: dOutputs.count, by: laneCount) {
      let samples = first..<min(first + laneCount, dOutputs.count)
      let memory = HostileMemory(poison: settings.poison)
      let group = GroupContext(activeLanes: samples.count, firstSample: first, seed: 1)

      let inputViews = inputs.indices.map { memory.make(shapes[$0], inputs[$0][samples]) }
      let inPlace = settings.inPlace && shapes[0].count == outputShape.count
      let output = inPlace ? inputViews[0] : memory.make(outputShape.count)
      let cache = memory.make(layer.cacheCount(inputs: shapes))
      let scratch = memory.make(layer.scratchCount(inputs: shapes))
      layer.forward(
        ForwardPass(
          inputs: inputViews.map(\.readOnly), inputShapes: shapes, output: output,
          outputShape: outputShape, cache: cache, scratch: scratch, purpose: purpose,
          bounds: settings.bounds, group: group),
        weights: weights)
      for lane in 0..<samples.count { outputs.append(output.readOnly.sample(lane)) }

      let keptInputs = inputs.indices.map { memory.make(shapes[$0], inputs[$0][samples]) }
      let keptOutput = memory.make(outputShape, outputs[samples])
      let dOutput = memory.make(outputShape, dOutputs[samples])
      let dInputViews = shapes.indices.map { index -> MutableLanesView? in
        guard settings.wantedInputs?.contains(index) ?? true else { return nil }
        return inPlace && index == 0 ? dOutput : memory.make(shapes[index].count)
      }
      let gradients = parameters.map { AlignedFloats($0.values.map { _ in settings.poison }) }
      layer.backward(
        BackwardPass(
          dOutput: dOutput.readOnly, outputShape: outputShape,
          inputs: keptInputs.map { reads.contains(.inputs) ? $0.readOnly : nothing.all.readOnly },
          inputShapes: shapes,
          output: reads.contains(.output) ? keptOutput.readOnly : nothing.all.readOnly,
          cache: reads.contains(.cache) ? cache.readOnly : nothing.all.readOnly,
          scratch: memory.make(scratch.count), dInputs: dInputViews,
          dParameters: gradients.map {
            settings.wantsParameters
              ? unsafe ParameterGradientView(pointer: $0.pointer, count: $0.count) : nil
          },
          purpose: purpose, group: group),
        weights: weights)
      for (index, view) in dInputViews.enumerated() {
        guard let view else { continue }
        for lane in 0..<samples.count { dInputs[index].append(view.readOnly.sample(lane)) }
      }
      for (index, gradient) in gradients.enumerated() {
        for position in 0..<gradient.count { dParameters[index][position] += gradient[position] }
      }
      withExtendedLifetime((memory, gradients, nothing)) {}
    }
  }
}

/// Arenas that live together and start poisoned.
private final class HostileMemory {
  private let poison: Float
  private var arenas: [LaneArena] = []

  init(poison: Float) { self.poison = poison }

  func make(_ count: Int) -> MutableLanesView {
    let arena = LaneArena(count: count)
    arenas.append(arena)
    arena.all.fill(Vector(repeating: poison))
    return arena.all
  }

  func make(_ shape: Shape, _ samples: ArraySlice<[Float]>) -> MutableLanesView {
    let view = make(shape.count)
    for (lane, sample) in samples.enumerated() { view.setSample(lane, to: sample) }
    return view
  }
}
