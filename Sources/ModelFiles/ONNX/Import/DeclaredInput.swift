import Networks
import Tensors

/// The image input as the file declares it: which axis is the batch, where the channels are, and
/// how large a picture is.
struct DeclaredInput {
  let name: String

  /// The axes of one sample, in the file's order.
  let shape: Shape
  let batchAxis: Int?

  /// The batch size, if the file fixes one.
  let fixedBatch: Int?

  /// The size of a picture that was assumed because neither the file nor anybody else said one.
  let assumedSize: InputSize?

  private let layout: Layout

  /// How a picture lies in one sample.
  private enum Layout {
    case channelsFirst
    case channelsLast

    /// Rows and columns of one channel, without an axis for it.
    case grey

    /// All elements in one row, or what is no picture: the axes that they have as a picture.
    case flat(Shape)
    case other
  }

  /// - Parameters:
  ///   - size: How large a picture is, where the file leaves that open.
  ///   - channels: How many channels the first convolution reads.
  init(_ input: ONNX.ValueInfo, size: InputSize?, channels: Int?) throws(ModelFileError) {
    name = input.name
    guard let type = input.type, ONNX.ElementType(rawValue: type.elementType) != nil else {
      throw .unusableInput(name: input.name)
    }
    // Without a shape it is a batch of pictures like most.
    let lengths =
      type.shape.map { $0.dimensions.map { $0.length.flatMap { $0 > 0 ? Int($0) : nil } } }
      ?? [nil, nil, nil, nil]
    guard 1...8 ~= lengths.count else { throw .unusableInput(name: input.name) }

    // A picture `[C, H, W]` on its own has three fixed axes; everything else starts with the batch.
    let isSingle = lengths.count == 1 || (lengths.count == 3 && (lengths[0] ?? 1) > 1)
    batchAxis = isSingle ? nil : 0
    fixedBatch = isSingle ? 1 : lengths[0]
    let declared = isSingle ? lengths : Array(lengths.dropFirst())
    let found = Self.layout(declared)
    var axes = declared
    var isAssumed = false
    func fill(rows: Int, columns: Int) throws(ModelFileError) {
      let used = size ?? .common
      for (axis, length) in [(rows, used.rows), (columns, used.columns)] {
        if size != nil, let fixed = axes[axis], fixed != length {
          throw .otherInputSize(name: input.name, declared: declared, given: used)
        }
        isAssumed = isAssumed || (size == nil && axes[axis] == nil)
        axes[axis] = axes[axis] ?? length
      }
    }
    switch found {
    case .channelsFirst:
      try fill(rows: 1, columns: 2)
      axes[0] = axes[0] ?? channels ?? 3
    case .channelsLast: try fill(rows: 0, columns: 1)
    case .grey: try fill(rows: 0, columns: 1)
    case .flat, .other: break
    }
    let known = axes.compactMap(\.self)
    guard known.count == axes.count else {
      throw .openInput(name: input.name, declared: declared)
    }
    guard let shape = Shape(checking: known), shape.count <= ReadingLimits.elements else {
      throw .inputTooLarge(name: input.name, axes: known)
    }
    self.shape = shape
    assumedSize = isAssumed ? .common : nil
    if known.count == 1 {
      layout = try Self.flat(known[0], size: size, name: input.name)
    } else {
      layout = found
    }
  }

  private static func layout(_ declared: [Int?]) -> Layout {
    switch declared.count {
    case 2: return declared.allSatisfy { $0 ?? .max > 4 } ? .grey : .other
    case 3:
      let hasChannelsLast =
        declared[2] ?? .max <= 4 && declared[0] ?? .max > 4 && declared[1] ?? .max > 4
      return hasChannelsLast ? .channelsLast : .channelsFirst
    default: return .other
    }
  }

  /// The picture in a row of numbers: of the given size, or a square one.
  private static func flat(
    _ count: Int, size: InputSize?, name: String
  ) throws(ModelFileError) -> Layout {
    for channels in [1, 3] {
      let (pixels, rest) = count.quotientAndRemainder(dividingBy: channels)
      if let size {
        guard rest == 0, size.rows * size.columns == pixels else { continue }
        return .flat([channels, size.rows, size.columns])
      }
      let side = Int(Double(pixels).squareRoot())
      guard rest == 0, side > 4, side * side == pixels else { continue }
      return .flat([channels, side, side])
    }
    guard let size else { return .other }
    throw .otherInputSize(name: name, declared: [count], given: size)
  }

  /// Adds the input as `[C, H, W]`, and what turns it into what the file's nodes expect.
  func add(
    to builder: inout GraphBuilder
  ) throws(ModelFileError) -> (network: Activation, value: Activation) {
    let picture: Shape =
      switch layout {
      case .channelsFirst, .other: shape
      case .channelsLast: [shape[2], shape[0], shape[1]]
      case .grey: [1, shape[0], shape[1]]
      case .flat(let picture): picture
      }
    if let assumedSize { builder.note(.sizeAssumed(assumedSize)) }
    let network: Activation
    do {
      network = try builder.addInput(name, picture, batchAxis: batchAxis)
    } catch {
      throw .graph(error)
    }
    var node = ONNX.Node()
    node.name = name
    let context = NodeContext(node: node, operatorSet: 0, inputs: [], batch: nil)
    do {
      switch layout {
      case .channelsFirst, .other: return (network, network)
      case .channelsLast:
        builder.note(.channelsLast)
        let value = try builder.transpose(
          network, [1, 2, 0], batchAxis: batchAxis, for: context, helper: "channels last")
        return (network, value)
      case .grey, .flat:
        builder.note(.withoutChannels(shape))
        let value = try builder.reshape(
          network, to: shape.axes, batchAxis: batchAxis, for: context, helper: "as declared")
        return (network, value)
      }
    } catch {
      throw .node(name: name, operation: "input", error)
    }
  }
}
