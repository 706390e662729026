import ModelFiles
import Networks
import Testing

/// Activations that exporters write as several operators are one layer here.
@Suite struct ActivationFusionTests {
  @Test(arguments: [
    ("depthwise-11", PointwiseKind.silu), ("depthwise-11", .hardSwish),
    ("transformed-17", .gelu(.erf)),
  ])
  func severalOperatorsBecomeOneActivation(_ name: String, _ kind: PointwiseKind) throws {
    let model = try ModelFile(contentsOf: ReferenceModels.path(name))
    let kinds = model.graph.nodes.compactMap { node in
      if case .pointwise(let layer) = node.operation { layer.kind } else { nil }
    }
    #expect(kinds.contains(kind))
    // Nothing of what they were made of is left.
    #expect(!kinds.contains(.sigmoid) && !kinds.contains(.erf))
  }
}
