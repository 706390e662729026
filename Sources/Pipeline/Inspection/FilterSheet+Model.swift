public import ModelFiles
import Networks
public import Rendering
import Tensors

extension FilterSheet {
  /// The filters of the first convolution; nothing if there is none.
  public init?(_ model: ModelFile) {
    let first = model.graph.nodes.first { node in
      if case .convolution = node.operation { true } else { false }
    }
    guard let first else { return nil }
    let weights = model.graph[first.parameters[0]]
    let axes = weights.shape.axes
    self.init(
      weights.values, count: axes[0], channels: axes[1], height: axes.count == 4 ? axes[2] : 1,
      width: axes[axes.count - 1])
  }
}
