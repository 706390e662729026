import Networks
import Tensors
import TestSupport
import Testing

/// A layer's forward for one sample, written separately and slowly in `Double`.
typealias Oracle = @Sendable (_ inputs: [PlainArray], _ parameters: [PlainArray]) -> PlainArray

/// One row of a layer's test table.
///
/// To test a layer, list its cases and ask for agreement; everything else is done here:
///
/// ```swift
/// static let cases = [
///   LayerCase("bias", .bias(Bias()), inputs: [[2, 3, 5]], parameters: [[2]]) { x, p in
///     PlainArray(x[0].shape) { x[0][$0] + p[0][$0[0]] }
///   }
/// ]
///
/// @Test(arguments: cases) func agreesWithItsOracle(_ layerCase: LayerCase) throws {
///   try layerCase.expectAgreement()
/// }
/// ```
///
/// For batches of 1, 5 and 33 samples (a full group, a group with idle lanes, several groups) it is
/// checked that
///
/// - the output is the oracle's;
/// - input and parameter gradients of `Σ dOutput · forward`, for a random `dOutput`, are the central
///   differences of the oracle (at up to ``probes`` places of each input and parameter, other places
///   for each sample), the parameters' summed over samples;
/// - nothing changes, to the bit, with NaN, infinity or zero in idle lanes and fresh memory, or if
///   the layer works in place (where it says it can), or if only one input's gradient is wanted;
/// - a ``BoundingLayer`` asked for bounds gives its output held between them.
///
/// Choose ``values`` that keep clear of kinks (ReLU at zero, ties of a maximum).
struct LayerCase: Sendable, CustomTestStringConvertible {
  var name: String
  var operation: Operation
  var inputs: [Shape]
  var parameters: [Shape] = []

  /// Where the inputs come from: one kind for all inputs, or one for each.
  var values: [TestValues] = [.uniform(-1...1)]

  /// Where the parameters come from, likewise.
  var parameterValues: [TestValues] = [.uniform(-1...1)]

  var purpose = PlanPurpose(inputGradients: true, parameterGradients: true)

  /// At how many places of each input and parameter the oracle is differentiated.
  var probes = 40

  /// What the forward pass may be off, relative to the largest output of the sample.
  var forwardTolerance = 1e-5

  var oracle: Oracle

  init(
    _ name: String, _ operation: Operation, inputs: [Shape], parameters: [Shape] = [],
    values: [TestValues] = [.uniform(-1...1)], parameterValues: [TestValues] = [.uniform(-1...1)],
    purpose: PlanPurpose = PlanPurpose(inputGradients: true, parameterGradients: true),
    probes: Int = 40, forwardTolerance: Double = 1e-5, oracle: @escaping Oracle
  ) {
    self.name = name
    self.operation = operation
    self.inputs = inputs
    self.parameters = parameters
    self.values = values
    self.parameterValues = parameterValues
    self.purpose = purpose
    self.probes = probes
    self.forwardTolerance = forwardTolerance
    self.oracle = oracle
  }

  var testDescription: String { name }

  func expectAgreement(
    samples: [Int] = [1, 5, 33], sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    for count in samples {
      try LayerExamination(self, samples: count, sourceLocation: sourceLocation).expectAll()
    }
  }
}
