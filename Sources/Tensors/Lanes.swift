/// A tensor of one group: sixteen samples side by side.
///
/// ```
/// element[(c · H + y) · W + x] = SIMD16 of that position in samples 0…15
/// ```
///
/// Every layer reads like the code for one image, any spatial size is as fast as any other, and a
/// weight is broadcast over sixteen samples. A batch is a list of groups; the last may have unused
/// lanes, whose contents never reach a result.
public struct Lanes: Sendable {
  public let shape: Shape
  private let arena: LaneArena

  /// A tensor of zeros.
  public init(_ shape: Shape) {
    self.shape = shape
    arena = LaneArena(count: shape.count)
  }

  /// The group of up to sixteen samples, each with the shape's elements in order; unused lanes are
  /// zero.
  public init(_ shape: Shape, samples: [[Float]]) {
    precondition(samples.count <= laneCount, "\(samples.count) samples in a group of \(laneCount)")
    self.init(shape)
    for (lane, sample) in samples.enumerated() { mutableView.setSample(lane, to: sample) }
  }

  /// The elements, valid while the tensor lives.
  public var view: LanesView { arena.all.readOnly }

  /// The elements to write; tensors are filled by their maker and not changed afterwards.
  public var mutableView: MutableLanesView { arena.all }
}
