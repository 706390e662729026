import Networks
import Tensors

/// The image input as the file declares it: which axis is the batch, and where the channels are.
struct DeclaredInput {
  let name: String

  /// The axes of one sample, in the file's order.
  let shape: Shape
  let batchAxis: Int?

  /// The batch size, if the file fixes one.
  let fixedBatch: Int?

  /// `axes` of one sample stand in for what the file leaves open.
  init(_ input: ONNX.ValueInfo, axes: [Int]?) throws(ModelFileError) {
    name = input.name
    guard
      let type = input.type, ONNX.ElementType(rawValue: type.elementType) != nil,
      let dimensions = type.shape?.dimensions, !dimensions.isEmpty, dimensions.count <= 8
    else { throw .unusableInput(name: input.name) }
    let lengths = dimensions.map { $0.length.flatMap { $0 > 0 ? Int($0) : nil } }

    // A picture `[C, H, W]` on its own has three fixed axes; everything else starts with the batch.
    let isSingle = lengths.count == 1 || (lengths.count == 3 && (lengths[0] ?? 1) > 1)
    batchAxis = isSingle ? nil : 0
    fixedBatch = isSingle ? 1 : lengths[0]
    let declared = isSingle ? lengths : Array(lengths.dropFirst())
    if let axes {
      guard
        axes.count == declared.count,
        zip(axes, declared).allSatisfy({ $1 == nil || $0 == $1 }),
        let shape = Shape(checking: axes)
      else { throw .inputShape(name: input.name, declared: declared, given: axes) }
      self.shape = shape
    } else {
      let known = declared.compactMap(\.self)
      guard known.count == declared.count, let shape = Shape(checking: known) else {
        throw .inputShape(name: input.name, declared: declared, given: nil)
      }
      self.shape = shape
    }
  }

  /// Whether one sample is `[H, W, C]`.
  private var hasChannelsLast: Bool {
    guard shape.rank == 3 else { return false }
    return shape[2] <= 4 && shape[0] > 4 && shape[1] > 4
  }

  /// Adds the input as `[C, H, W]`, and what turns it into what the file's nodes expect.
  func add(
    to builder: inout GraphBuilder
  ) throws(ModelFileError) -> (network: Activation, value: Activation) {
    let channelsFirst: Shape = hasChannelsLast ? [shape[2], shape[0], shape[1]] : shape
    guard shape.count <= ReadingLimits.elements else {
      throw .inputTooLarge(name: name, axes: shape.axes)
    }
    let network: Activation
    do {
      network = try builder.addInput(name, channelsFirst, batchAxis: batchAxis)
    } catch {
      throw .graph(error)
    }
    guard hasChannelsLast else { return (network, network) }
    builder.note(.channelsLast)
    var node = ONNX.Node()
    node.name = name
    let context = NodeContext(node: node, operatorSet: 0, inputs: [])
    do {
      let value = try builder.transpose(
        network, [1, 2, 0], batchAxis: batchAxis, for: context, helper: "channels last")
      return (network, value)
    } catch {
      throw .node(name: name, operation: "input", error)
    }
  }
}
