import FoundationEssentials
import Networks
import Tensors
import TestSupport
import Testing

@Suite struct NormalizationReferenceTests {
  static let file = ReferenceFile("normalization.json")

  static let operations: [String: Networks.Operation] = {
    let batch = Operation.batchNormalization(BatchNormalization(epsilon: 1e-3, momentum: 0.2))
    var operations: [String: Networks.Operation] = [
      "batch 1": batch, "batch 2": batch, "batch 3": batch,
      "layer from 1": .layerNormalization(LayerNormalization(axis: 1, epsilon: 1e-3)),
      "layer from 0": .layerNormalization(LayerNormalization(axis: 0)),
      "root mean square": .layerNormalization(
        LayerNormalization(axis: 1, epsilon: 1e-3, centers: false)),
      "groups": .groupNormalization(GroupNormalization(.groups(2), epsilon: 1e-3)),
      "instance": .groupNormalization(GroupNormalization(.instance, epsilon: 1e-3)),
      "local response": .localResponseNormalization(
        LocalResponseNormalization(size: 5, alpha: 0.3, beta: 0.75, k: 2)),
      "local response, other power": .localResponseNormalization(
        LocalResponseNormalization(size: 3, alpha: 0.5, beta: 0.6, k: 1)),
      "L1": .lpNormalization(LpNormalization(.l1, axis: 0)),
      "L2": .lpNormalization(LpNormalization(.l2, axis: 1)),
    ]
    for axis in 0..<3 {
      operations["softmax \(axis)"] = .softmax(Softmax(axis: axis))
      operations["log-softmax \(axis)"] = .softmax(Softmax(.logSoftmax, axis: axis))
    }
    return operations
  }()

  static let plainCases = file.cases.filter { !$0.name.contains("in training") }
  static let trainingCases = file.cases.filter { $0.name.contains("in training") }

  @Test(arguments: plainCases) func agreesWithPyTorch(_ reference: ReferenceCase) throws {
    try reference.expectAgreement(with: Self.operations)
  }

  /// Three groups of samples, the last ragged, normalised by the statistics of all.
  @Test(arguments: trainingCases, [Float.nan, .infinity, 0])
  func batchStatisticsAgreeWithPyTorch(_ reference: ReferenceCase, poison: Float) throws {
    let layer = BatchNormalization(epsilon: 1e-3, momentum: 0.2)
    let run = BatchNormalizationRun(layer, reference, poison: poison)
    for (sample, expected) in reference.output.samples.enumerated() {
      expectClose(run.outputs[sample], expected, relative: 1e-5, "output of sample \(sample)")
    }
    for (sample, expected) in reference.dInputs[0].samples.enumerated() {
      expectClose(run.dInputs[sample], expected, "gradient of sample \(sample)")
    }
    for parameter in 0..<2 {
      expectClose(
        run.dParameters[parameter], reference.dParameters[parameter].values,
        "gradient of parameter \(parameter)")
    }
    let running = try #require(Self.running[reference.name])
    expectClose(run.updated[2].values, running[0], relative: 1e-6, "running mean")
    expectClose(run.updated[3].values, running[1], relative: 1e-5, "running variance")
  }

  /// The running statistics after the pass, which only these cases have.
  static let running: [String: [[Double]]] = {
    struct File: Decodable {
      let cases: [Case]

      struct Case: Decodable {
        let name: String
        let running: [[Double]]?
      }
    }
    do {
      let file = try JSONDecoder().decode(
        File.self, from: Fixtures.data("reference/layers/normalization.json"))
      return Dictionary(uniqueKeysWithValues: file.cases.map { ($0.name, $0.running ?? []) })
    } catch {
      fatalError("normalization.json: \(error)")
    }
  }()
}

/// A training pass of batch normalisation by hand: both halves, forward and backward, of all groups.
private struct BatchNormalizationRun {
  private(set) var outputs: [[Float]] = []
  private(set) var dInputs: [[Float]] = []
  private(set) var dParameters: [[Float]]
  let updated: [Parameter]

  init(_ layer: BatchNormalization, _ reference: ReferenceCase, poison: Float) {
    let shape = Shape(reference.inputs[0].shape)
    let inputs = reference.inputs[0].floats
    let dOutputs = reference.dOutput.floats
    let parameters = reference.parameters.enumerated().map { index, parameter in
      Parameter("p\(index)", Shape(parameter.shape), parameter.values.map { Float($0) })
    }
    let purpose = PlanPurpose(inputGradients: true, parameterGradients: true, isTraining: true)
    let weights = LayerWeights(layer, inputs: [shape], purpose: purpose) { parameters }
    dParameters = parameters.map { $0.values.map { _ in 0 } }

    let groups = stride(from: 0, to: inputs.count, by: laneCount).map { first in
      Group(
        first..<min(first + laneCount, inputs.count), shape, inputs, dOutputs, parameters, purpose,
        poison: poison)
    }
    let counts = layer.totalsCount(inputs: [shape])
    var forwardTotals = Array(repeating: 0.0, count: counts.forward)
    for group in groups {
      var own = Array(repeating: Double.nan, count: counts.forward)
      layer.forwardTotals(group.forward, into: &own)
      for (index, value) in own.enumerated() { forwardTotals[index] += value }
    }
    for group in groups {
      layer.forward(group.forward, weights: weights, totals: forwardTotals, samples: inputs.count)
      outputs += group.samples(of: group.forward.output.readOnly)
    }
    var backwardTotals = Array(repeating: 0.0, count: counts.backward)
    var ownTotals: [[Double]] = []
    for group in groups {
      var own = Array(repeating: Double.nan, count: counts.backward)
      layer.backwardTotals(
        group.backward, weights: weights, forwardTotals: forwardTotals, samples: inputs.count,
        into: &own)
      for (index, value) in own.enumerated() { backwardTotals[index] += value }
      ownTotals.append(own)
    }
    for (group, own) in zip(groups, ownTotals) {
      layer.backward(
        group.backward, weights: weights, forwardTotals: forwardTotals, ownTotals: own,
        totals: backwardTotals, samples: inputs.count)
      dInputs += group.samples(of: group.backward.dInputs[0]!.readOnly)
      for (index, gradient) in group.gradients.enumerated() {
        for place in 0..<gradient.count { dParameters[index][place] += gradient[place] }
      }
    }
    updated = layer.updated(
      parameters, forwardTotals: forwardTotals, samples: inputs.count, inputs: [shape])
    withExtendedLifetime(groups) {}
  }

  /// The memory of up to sixteen samples, poisoned where nothing is meant to be read.
  private final class Group {
    let forward: ForwardPass
    let backward: BackwardPass
    let gradients: [AlignedFloats]
    private let arenas: [LaneArena]

    init(
      _ samples: Range<Int>, _ shape: Shape, _ inputs: [[Float]], _ dOutputs: [[Float]],
      _ parameters: [Parameter], _ purpose: PlanPurpose, poison: Float
    ) {
      let memory = (0..<4).map { _ in LaneArena(count: shape.count) }
      for arena in memory { arena.all.fill(Vector(repeating: poison)) }
      for (lane, sample) in samples.enumerated() {
        memory[0].all.setSample(lane, to: inputs[sample])
        memory[1].all.setSample(lane, to: dOutputs[sample])
      }
      let gradients = parameters.map { AlignedFloats($0.values.map { _ in poison }) }
      let nothing = memory[0].view(0..<0)
      let context = GroupContext(activeLanes: samples.count, firstSample: samples.lowerBound)
      forward = ForwardPass(
        inputs: [memory[0].all.readOnly], inputShapes: [shape], output: memory[2].all,
        outputShape: shape, cache: nothing, scratch: nothing, purpose: purpose, group: context)
      backward = BackwardPass(
        dOutput: memory[1].all.readOnly, outputShape: shape, inputs: [memory[0].all.readOnly],
        inputShapes: [shape], output: nothing.readOnly, cache: nothing.readOnly, scratch: nothing,
        dInputs: [memory[3].all],
        dParameters: gradients.map {
          unsafe ParameterGradientView(pointer: $0.pointer, count: $0.count)
        }, purpose: purpose, group: context)
      self.gradients = gradients
      arenas = memory
    }

    func samples(of view: LanesView) -> [[Float]] {
      (0..<forward.group.activeLanes).map { view.sample($0) }
    }
  }
}
