import FoundationEssentials
import Networks
import Tensors
import TestSupport
import Testing

/// What PyTorch made of some layers; written by `fixtures/reference/layers/reference_cases.py`.
///
/// To compare a family of layers with its file, say which operation each name stands for:
///
/// ```swift
/// static let file = ReferenceFile("pointwise.json")
/// static let operations: [String: Operation] = ["elu": .pointwise(Pointwise(.elu(alpha: 1)))]
///
/// @Test(arguments: file.cases) func agreesWithPyTorch(_ reference: ReferenceCase) throws {
///   try reference.expectAgreement(with: Self.operations)
/// }
/// ```
struct ReferenceFile: Decodable {
  let versions: [String: String]
  let cases: [ReferenceCase]

  init(_ name: String) {
    do {
      self = try JSONDecoder().decode(
        ReferenceFile.self, from: Fixtures.data("reference/layers/" + name))
    } catch {
      fatalError("\(name): \(error)")
    }
  }
}

/// A layer's inputs and parameters, what came out, and every gradient.
struct ReferenceCase: Decodable, Sendable, CustomTestStringConvertible {
  let name: String
  let inputs: [Batch]
  let parameters: [Shared]
  let output: Batch
  let dOutput: Batch
  let dInputs: [Batch]
  let dParameters: [Shared]

  /// Numbers of each sample; the shape is a sample's.
  struct Batch: Decodable, Sendable {
    let shape: [Int]
    let samples: [[Double]]

    var floats: [[Float]] { samples.map { $0.map { Float($0) } } }
  }

  /// Numbers that all samples share.
  struct Shared: Decodable, Sendable {
    let shape: [Int]
    let values: [Double]
  }

  var testDescription: String { name }

  func expectAgreement(
    with operations: [String: Networks.Operation],
    purpose: PlanPurpose = PlanPurpose(inputGradients: true, parameterGradients: true),
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let operation = try #require(
      operations[name], "no operation for \(name)", sourceLocation: sourceLocation)
    let run = try LayerRun(
      operation, inputs: inputs.map(\.floats), shapes: inputs.map { Shape($0.shape) },
      parameters: parameters.enumerated().map { index, parameter in
        Parameter("p\(index)", Shape(parameter.shape), parameter.values.map { Float($0) })
      },
      dOutputs: dOutput.floats, purpose: purpose)
    for (sample, expected) in output.samples.enumerated() {
      expectClose(
        run.outputs[sample], expected, relative: 1e-5, "output of sample \(sample)",
        sourceLocation: sourceLocation)
    }
    for (input, batch) in dInputs.enumerated() {
      for (sample, expected) in batch.samples.enumerated() {
        expectClose(
          run.dInputs[input][sample], expected, "gradient of input \(input), sample \(sample)",
          sourceLocation: sourceLocation)
      }
    }
    for (parameter, shared) in dParameters.enumerated() {
      expectClose(
        run.dParameters[parameter], shared.values, "gradient of parameter \(parameter)",
        sourceLocation: sourceLocation)
    }
  }
}
