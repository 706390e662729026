public import Tensors

/// Labelled samples: what a classifier learns from and is measured with.
///
/// A sample is `[C, H, W]` bytes, plane by plane; the network gets them as 0 to 1. They are kept in
/// memory, or, where that is more than the budget allows, decoded from their files whenever they
/// are asked for.
public struct DataSet: Sendable {
  public let shape: Shape

  /// The names of the classes; a label is a number in this list.
  public let classes: [String]

  /// The class of each sample.
  public let labels: [Int]

  /// For each sample, its number in the storage.
  private let places: [Int]
  private let storage: Storage

  /// The files that the samples in the storage came from; empty if they had none of their own.
  private let files: [String]

  private enum Storage: Sendable {
    case memory([UInt8])
    case files(SampleReader)
  }

  /// Samples that lie in memory one behind the other.
  ///
  /// - Parameter files: where each came from, if each had a file of its own.
  public init(
    shape: Shape, classes: [String], labels: [Int], bytes: [UInt8], files: [String] = []
  ) {
    precondition(
      bytes.count == labels.count * shape.count,
      "\(bytes.count) bytes for \(labels.count) samples of \(shape)")
    precondition(labels.allSatisfy(classes.indices.contains), "a label without a class")
    precondition(
      files.isEmpty || files.count == labels.count, "\(files.count) files, \(labels.count) labels")
    self.files = files
    self.shape = shape
    self.classes = classes
    self.labels = labels
    places = Array(labels.indices)
    storage = .memory(bytes)
  }

  /// Samples that are decoded when they are asked for.
  init(shape: Shape, classes: [String], labels: [Int], files: [String], reader: SampleReader) {
    precondition(files.count == labels.count, "\(files.count) files, \(labels.count) labels")
    self.shape = shape
    self.classes = classes
    self.labels = labels
    places = Array(labels.indices)
    self.files = files
    storage = .files(reader)
  }

  private init(_ whole: DataSet, _ chosen: [Int]) {
    shape = whole.shape
    classes = whole.classes
    labels = chosen.map { whole.labels[$0] }
    places = chosen.map { whole.places[$0] }
    files = whole.files
    storage = whole.storage
  }

  public var count: Int { labels.count }

  /// Some of the samples, in the given order; the bytes are shared, not copied.
  public func subset(_ chosen: [Int]) -> DataSet { DataSet(self, chosen) }

  /// What names a sample whatever subset it is in: random numbers start from it.
  func identity(of sample: Int) -> Int { places[sample] }

  /// The file that a sample came from, if it had one of its own.
  public func path(of sample: Int) -> String? {
    files.isEmpty ? nil : files[places[sample]]
  }

  /// Whether samples are decoded again and again.
  public var isStreaming: Bool {
    switch storage {
    case .memory: false
    case .files: true
    }
  }

  /// The bytes of a sample.
  public func bytes(of sample: Int) -> [UInt8] {
    switch storage {
    case .memory(let bytes):
      let start = places[sample] * shape.count
      return Array(bytes[start..<start + shape.count])
    case .files(let reader):
      // A file that has vanished meanwhile becomes an empty picture; it was there when the set was
      // made, and one picture among thousands does not end a run of hours.
      return (try? reader.bytes(of: files[places[sample]]))
        ?? Array(repeating: 0, count: shape.count)
    }
  }

  /// Writes the sample as the network gets it, 0 to 1, to `values` from `start` on.
  func load(_ sample: Int, into values: inout [Float], at start: Int) {
    var target = values.mutableSpan
    switch storage {
    case .memory(let bytes):
      let first = places[sample] * shape.count
      let source = bytes.span.extracting(first..<first + shape.count)
      for i in 0..<source.count { target[start + i] = Float(source[i]) * (1 / 255) }
    case .files:
      let source = bytes(of: sample)
      for i in source.indices { target[start + i] = Float(source[i]) * (1 / 255) }
    }
  }

  /// How many samples each class has.
  public var classCounts: [Int] {
    var counts = Array(repeating: 0, count: classes.count)
    for label in labels { counts[label] += 1 }
    return counts
  }
}
