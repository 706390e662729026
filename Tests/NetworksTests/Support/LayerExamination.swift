import Networks
import Tensors
import TestSupport
import Testing

/// A ``LayerCase`` with a batch of numbers, and the comparisons.
struct LayerExamination {
  private let layerCase: LayerCase
  private let location: SourceLocation
  private let sampleCount: Int
  private let inputs: [[[Float]]]
  private let parameters: [Parameter]
  private let dOutputs: [[Float]]
  private let outputShape: Shape

  init(_ layerCase: LayerCase, samples: Int, sourceLocation: SourceLocation) throws {
    self.layerCase = layerCase
    location = sourceLocation
    sampleCount = samples
    outputShape = try layerCase.operation.layer.outputShape(
      inputs: layerCase.inputs, parameters: layerCase.parameters)
    var random = SplitMix(seed: UInt64(samples))
    inputs = layerCase.inputs.enumerated().map { index, shape in
      (0..<samples).map { _ in
        layerCase.values[index % layerCase.values.count].make(shape.count, &random)
      }
    }
    parameters = layerCase.parameters.enumerated().map { index, shape in
      let kind = layerCase.parameterValues[index % layerCase.parameterValues.count]
      return Parameter("p\(index)", shape, kind.make(shape.count, &random))
    }
    dOutputs = (0..<samples).map { [outputShape] _ in
      TestValues.uniform(-1...1).make(outputShape.count, &random)
    }
  }

  func expectAll() throws {
    let run = try run(LayerRun.Settings())
    expectForward(run)
    expectInputGradients(run)
    expectParameterGradients(run)
    try expectSameWhateverIsAround(run)
    if layerCase.operation.layer is any BoundingLayer { try expectBounded(run) }
  }

  private func run(_ settings: LayerRun.Settings) throws -> LayerRun {
    try LayerRun(
      layerCase.operation, inputs: inputs, shapes: layerCase.inputs, parameters: parameters,
      dOutputs: dOutputs, purpose: layerCase.purpose, settings: settings)
  }

  private func expectForward(_ run: LayerRun) {
    let arrays = parameterArrays()
    for sample in 0..<sampleCount {
      let expected = layerCase.oracle(inputArrays(sample), arrays)
      #expect(expected.shape == outputShape.axes, sourceLocation: location)
      expectClose(
        run.outputs[sample], expected.values, relative: layerCase.forwardTolerance,
        "output of sample \(sample) of \(sampleCount)", sourceLocation: location)
    }
  }

  private func expectInputGradients(_ run: LayerRun) {
    let arrays = parameterArrays()
    for sample in 0..<sampleCount {
      let arguments = inputArrays(sample)
      for index in inputs.indices {
        let places = probes(of: layerCase.inputs[index].count, turn: sample)
        let expected = places.map { place in
          centralDifference(at: arguments[index].values[place]) { x in
            var moved = arguments
            moved[index].values[place] = x
            return loss(moved, arrays, sample)
          }
        }
        expectClose(
          places.map { run.dInputs[index][sample][$0] }, expected,
          "gradient of input \(index), sample \(sample) of \(sampleCount), at \(places)",
          sourceLocation: location)
        #expect(
          run.dInputs[index][sample].allSatisfy { $0.isFinite },
          "input gradient not written everywhere", sourceLocation: location)
      }
    }
  }

  private func expectParameterGradients(_ run: LayerRun) {
    let arrays = parameterArrays()
    let arguments = (0..<sampleCount).map(inputArrays)
    for index in parameters.indices {
      let places = probes(of: parameters[index].values.count, turn: sampleCount)
      let expected = places.map { place in
        centralDifference(at: arrays[index].values[place]) { x in
          var moved = arrays
          moved[index].values[place] = x
          return (0..<sampleCount).reduce(0) { $0 + loss(arguments[$1], moved, $1) }
        }
      }
      expectClose(
        places.map { run.dParameters[index][$0] }, expected,
        "gradient of parameter \(index), \(sampleCount) samples, at \(places)",
        sourceLocation: location)
      #expect(
        run.dParameters[index].allSatisfy { $0.isFinite },
        "parameter gradient not written everywhere",
        sourceLocation: location)
    }
  }

  /// Idle lanes, fresh memory, whose memory it is and who else wants a gradient must not matter.
  private func expectSameWhateverIsAround(_ run: LayerRun) throws {
    for poison in [Float.infinity, 0] {
      let other = try self.run(LayerRun.Settings(poison: poison))
      expectSame(run, other, "with \(poison) around")
    }
    if layerCase.operation.layer.worksInPlace {
      expectSame(run, try self.run(LayerRun.Settings(inPlace: true)), "in place")
    }
    for wanted in inputs.indices where inputs.count > 1 || !parameters.isEmpty {
      let other = try self.run(
        LayerRun.Settings(wantedInputs: [wanted], wantsParameters: false))
      #expect(
        bits(run.dInputs[wanted]) == bits(other.dInputs[wanted]),
        "gradient of input \(wanted) alone", sourceLocation: location)
    }
    if !parameters.isEmpty {
      let other = try self.run(LayerRun.Settings(wantedInputs: []))
      #expect(
        bits(run.dParameters) == bits(other.dParameters), "parameter gradients alone",
        sourceLocation: location)
    }
  }

  private func expectBounded(_ run: LayerRun) throws {
    for bounds in [ResultBounds.rectified, ResultBounds(low: -0.25, high: 0.5)] {
      let bounded = try self.run(LayerRun.Settings(bounds: bounds))
      #expect(
        bounded.outputs == run.outputs.map { $0.map { min(max($0, bounds.low), bounds.high) } },
        "output within \(bounds)", sourceLocation: location)
    }
  }

  private func expectSame(_ a: LayerRun, _ b: LayerRun, _ circumstances: String) {
    #expect(
      bits(a.outputs) == bits(b.outputs), "output \(circumstances)", sourceLocation: location)
    for index in a.dInputs.indices {
      #expect(
        bits(a.dInputs[index]) == bits(b.dInputs[index]),
        "gradient of input \(index) \(circumstances)", sourceLocation: location)
    }
    #expect(
      bits(a.dParameters) == bits(b.dParameters), "parameter gradients \(circumstances)",
      sourceLocation: location)
  }

  private func bits(_ values: [[Float]]) -> [[UInt32]] { values.map { $0.map(\.bitPattern) } }

  private func inputArrays(_ sample: Int) -> [PlainArray] {
    inputs.indices.map {
      PlainArray(layerCase.inputs[$0].axes, inputs[$0][sample].map(Double.init))
    }
  }

  private func parameterArrays() -> [PlainArray] {
    parameters.map { PlainArray($0.shape.axes, $0.values.map(Double.init)) }
  }

  /// `Σ dOutput · forward` of one sample.
  private func loss(_ inputs: [PlainArray], _ parameters: [PlainArray], _ sample: Int) -> Double {
    zip(layerCase.oracle(inputs, parameters).values, dOutputs[sample])
      .reduce(0) { $0 + $1.0 * Double($1.1) }
  }

  private func centralDifference(at x: Double, _ function: (Double) -> Double) -> Double {
    let h = 1e-5 * max(1, abs(x))
    return (function(x + h) - function(x - h)) / (2 * h)
  }

  /// Up to ``LayerCase/probes`` places, evenly spread, others for each turn.
  private func probes(of count: Int, turn: Int) -> [Int] {
    let probes = layerCase.probes
    guard count > probes else { return Array(0..<count) }
    return (0..<probes).map { ($0 * count / probes + turn) % count }
  }
}
