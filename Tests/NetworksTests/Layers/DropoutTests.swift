import Networks
import Tensors
import Testing

@Suite struct DropoutTests {
  @Test func isTheIdentityOutsideTraining() throws {
    try LayerCase("dropout", .dropout(Dropout(keep: 0.3)), inputs: [[2, 3, 5]]) { x, _ in x[0] }
      .expectAgreement()
  }

  @Test func inTrainingElementsAreDroppedOrEnlarged() throws {
    let run = try run(samples: 33)
    let outputs = run.outputs.flatMap { $0 }
    #expect(outputs.allSatisfy { $0 == 0 || $0 == 2 / 0.75 })
    let kept = Double(outputs.count { $0 != 0 }) / Double(outputs.count)
    // 33 000 draws: four standard deviations are 0.0095.
    #expect(abs(kept - 0.75) < 0.0095)
    #expect(run.dInputs[0].flatMap { $0 } == outputs.map { $0 / 2 * 3 })
    #expect(Set(run.outputs).count == 33, "samples drop different elements")
  }

  @Test func theBatchSplitChangesNothing() throws {
    let layer = Dropout(keep: 0.5)
    let purpose = PlanPurpose(isTraining: true)
    func forward(_ group: GroupContext, node: Int = 3) -> [[Float]] {
      let memory = (input: Lanes([40]), output: Lanes([40]), scratch: Lanes([40]))
      memory.input.mutableView.fill(Vector(repeating: 1))
      return withExtendedLifetime(memory) {
        layer.forward(
          ForwardPass(
            inputs: [memory.input.view], inputShapes: [[40]], output: memory.output.mutableView,
            outputShape: [40], cache: memory.scratch.mutableView[0..<0],
            scratch: memory.scratch.mutableView, purpose: purpose, node: node, group: group),
          weights: LayerWeights(layer, inputs: [[40]], purpose: purpose) { [] })
        return (0..<group.activeLanes).map { memory.output.view.sample($0) }
      }
    }
    let whole = forward(GroupContext(activeLanes: 16, firstSample: 0, seed: 9))
    let later = forward(GroupContext(activeLanes: 4, firstSample: 5, seed: 9))
    #expect(later == Array(whole[5..<9]))
    let otherNode = forward(GroupContext(seed: 9), node: 4)
    #expect(otherNode[0] != whole[0])
    let otherSeed = forward(GroupContext(seed: 10))
    #expect(otherSeed[0] != whole[0])
  }

  private func run(samples: Int) throws -> LayerRun {
    try LayerRun(
      .dropout(Dropout(keep: 0.75)),
      inputs: [Array(repeating: Array(repeating: 2, count: 1000), count: samples)],
      shapes: [[1000]], parameters: [],
      dOutputs: Array(repeating: Array(repeating: 3, count: 1000), count: samples),
      purpose: PlanPurpose(inputGradients: true, isTraining: true))
  }
}
