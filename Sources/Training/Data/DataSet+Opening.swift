import Imaging
import Paths
import Synchronization
public import Tensors

extension DataSet {
  /// Opens whatever data are at a path: a folder with IDX files, a folder with a folder for each
  /// class, a list (`.csv` or `.tsv`) of paths and labels, or, by the name `synthetic`, digits that
  /// are drawn.
  ///
  /// - Parameter progress: told from several threads how many of how many pictures are decoded.
  public static func open(
    _ path: String, options: DataSetOptions = DataSetOptions(), workers: Workers,
    progress: @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) throws(DataSetError) -> LoadedDataSet {
    let ending = path.fileEnding.lowercased()
    if path == "synthetic" {
      return LoadedDataSet(data: try drawn(path, options, workers), skipped: [])
    }
    if ending == "csv" {
      return try read(.inList(path, separator: ","), options, workers, progress)
    }
    if ending == "tsv" {
      return try read(.inList(path, separator: "\t"), options, workers, progress)
    }
    guard isFolder(path) else { throw .cannotRead(path: path) }
    if let data = try mnist(folder: path, part: options.part, memoryBudget: options.memoryBudget) {
      return LoadedDataSet(data: data, skipped: [])
    }
    return try read(.inFolders(of: path), options, workers, progress)
  }

  /// So many samples are made at a time and then put where they stay, so that few are held twice.
  private static let portion = 1024

  /// Digits drawn by ``DrawnDigits``.
  private static func drawn(
    _ path: String, _ options: DataSetOptions, _ workers: Workers
  ) throws(DataSetError) -> DataSet {
    let shape: Shape = [1, 28, 28]
    let byteCount = options.drawnCount * shape.count
    guard byteCount <= options.memoryBudget else {
      throw .tooLarge(path: path, bytes: byteCount, limit: options.memoryBudget)
    }
    let digits = DrawnDigits(seed: options.drawnSeed)
    let reader = SampleReader(shape: shape, fit: .stretch)
    var labels: [Int] = []
    var bytes: [UInt8] = []
    bytes.reserveCapacity(byteCount)
    for start in stride(from: 0, to: options.drawnCount, by: portion) {
      let samples = workers.map(min(portion, options.drawnCount - start)) { index in
        let (image, label) = digits.digit(start + index)
        return (bytes: reader.bytes(of: image), label: label)
      }
      for sample in samples {
        labels.append(sample.label)
        bytes += sample.bytes
      }
    }
    return DataSet(
      shape: shape, classes: (0..<10).map(String.init), labels: labels, bytes: bytes)
  }

  private static func read(
    _ files: LabelledFiles, _ options: DataSetOptions, _ workers: Workers,
    _ progress: @Sendable (Int, Int) -> Void
  ) throws(DataSetError) -> LoadedDataSet {
    let classes = options.classes ?? files.classes
    let numbers = Dictionary(zip(classes, classes.indices)) { first, _ in first }
    var labels: [Int] = []
    for name in files.labels {
      guard let number = numbers[name] else { throw .unknownClass(name: name, known: classes) }
      labels.append(number)
    }
    guard classes.count > 1 else { throw .oneClass(name: classes.first ?? "") }
    let reader = SampleReader(shape: try sampleShape(files.files, options), fit: options.fit)
    let streams = files.files.count * reader.shape.count > options.memoryBudget
    let decoded = decode(files.files, reader, keepsBytes: !streams, workers, progress)
    let keptLabels = decoded.kept.map { labels[$0] }
    if options.classes == nil,
      let empty = classes.indices.first(where: { !keptLabels.contains($0) })
    {
      throw .emptyClass(name: classes[empty])
    }
    let keptFiles = decoded.kept.map { files.files[$0] }
    let data =
      streams
      ? DataSet(
        shape: reader.shape, classes: classes, labels: keptLabels, files: keptFiles,
        reader: reader)
      : DataSet(
        shape: reader.shape, classes: classes, labels: keptLabels, bytes: decoded.bytes,
        files: keptFiles)
    return LoadedDataSet(data: data, skipped: decoded.skipped)
  }

  /// What the decoding of many files comes to.
  private struct Decoded {
    /// The numbers of the files that could be read, and their samples one behind the other.
    var kept: [Int] = []
    var bytes: [UInt8] = []
    var skipped: [SkippedFile] = []
  }

  /// Decodes all files, a portion at a time.
  ///
  /// - Parameter keepsBytes: otherwise the files are only tried, and decoded again later.
  private static func decode(
    _ files: [String], _ reader: SampleReader, keepsBytes: Bool, _ workers: Workers,
    _ progress: @Sendable (Int, Int) -> Void
  ) -> Decoded {
    var decoded = Decoded()
    if keepsBytes { decoded.bytes.reserveCapacity(files.count * reader.shape.count) }
    let done = Atomic<Int>(0)
    for start in stride(from: 0, to: files.count, by: portion) {
      let samples = workers.map(min(portion, files.count - start)) {
        index -> Result<[UInt8], ImageFileError> in
        let result = Result { () throws(ImageFileError) in
          try reader.bytes(of: files[start + index])
        }
        progress(done.add(1, ordering: .relaxed).newValue, files.count)
        return keepsBytes ? result : result.map { _ in [] }
      }
      for (index, sample) in samples.enumerated() {
        switch sample {
        case .success(let planes):
          decoded.kept.append(start + index)
          decoded.bytes += planes
        case .failure(let error):
          decoded.skipped.append(SkippedFile(path: files[start + index], reason: error))
        }
      }
    }
    return decoded
  }

  /// The shape that the options leave open, from the first pictures that can be read; of digits,
  /// MNIST's.
  private static func sampleShape(
    _ files: [String], _ options: DataSetOptions
  ) throws(DataSetError) -> Shape {
    if options.fit == .digit {
      let width = options.width ?? options.height ?? 28
      let height = options.height ?? width
      guard width == height else { throw .digitsAreSquare(width: width, height: height) }
      return [options.channels ?? 1, height, width]
    }
    if let channels = options.channels, let width = options.width, let height = options.height {
      return [channels, height, width]
    }
    var first: Image?
    var isGrey = true
    for path in files.prefix(16) {
      guard let image = try? ImageFile.read(path).image else { continue }
      first = first ?? image
      isGrey = isGrey && image.layout.isGrey
    }
    let (width, height) = (first?.width ?? 28, first?.height ?? 28)
    let scale = min(1, 64 / Double(max(width, height)))
    func side(_ length: Int) -> Int { max(1, Int((Double(length) * scale).rounded())) }
    return [
      options.channels ?? (isGrey ? 1 : 3), options.height ?? side(height),
      options.width ?? side(width),
    ]
  }
}
