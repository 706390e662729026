/// What reading a model may take, whatever its file claims.
///
/// A file of a few bytes must not ask for gigabytes or hours. Reading holds no more than 64 bytes for
/// each byte of the model's files and 512 MB beyond, which `MemoryBoundTests` counts on files that ask
/// for all they can get: what the messages say (at most eight bytes a byte), ``messages`` structs,
/// weights as floats (16), what folding makes of them (8) and the indices it works with. The numbers
/// are far above those of any classifier known: the largest have some thousand nodes.
enum ReadingLimits {
  /// Messages in the file: nodes, attributes, tensors, axes.
  static let messages = 1 << 18

  /// Axes of a tensor.
  static let rank = 32

  /// Nodes after functions have been put in place of their calls, these calls, and the bytes of the
  /// nodes' names.
  static let nodes = 50_000
  static let nameBytes = 1 << 26

  /// How deep functions may call each other.
  static let callDepth = 16

  /// Elements of one sample's largest value: 64 channels of 1024x1024, four gigabytes for sixteen
  /// samples when it is run.
  static let elements = 1 << 26

  /// The length of a resized axis.
  static let resizedLength = 1 << 16

  /// Elements that folding one node may make beyond those of its inputs: shape arithmetic is small.
  static let foldedElements = 1 << 20

  /// Bytes that running one node at load time may take beyond 32 for each byte of the files.
  static let runBytes = 384 << 20

  /// Bytes that folding all nodes may make, and that the network's weights may take, beyond what
  /// the files hold.
  static let foldedBytes = 1 << 26
  static let weightBytes = 1 << 26
}
