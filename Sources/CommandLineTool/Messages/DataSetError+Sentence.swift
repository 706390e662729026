import Training

extension DataSetError: DescribedError {
  var sentence: String {
    switch self {
    case .cannotRead(let path):
      "\(path): there are no data that can be read. Check the name; 'synthetic' needs no file."
    case .damaged(let path):
      "\(path): the compressed data are damaged. Fetch the file again."
    case .notIDX(let path, _):
      "\(path): this is not an IDX file of bytes, as MNIST's are. Fetch it again."
    case .wrongAxes(let path, let found):
      "\(path): an array of \(found.map(String.init).joined(separator: "x")) holds neither "
        + "images nor labels."
    case .truncated(let path, let found, let expected):
      "\(path): ends after \(found) of \(expected) bytes. Fetch the file again."
    case .tooLarge(let path, let bytes, let limit):
      "\(path): \(bytes) bytes are more than the \(limit) that may be kept in memory. Allow "
        + "more with --memory."
    case .countsDiffer(let images, let path, let labels, let labelPath):
      "\(path) has \(images) images, but \(labelPath) \(labels) labels. The files do not belong "
        + "together; name two that do."
    case .labelOutOfRange(let path, let sample, let label, let classes):
      "\(path): sample \(sample) has label \(label), but there are \(classes) classes."
    case .nothingFound(let path):
      "\(path): there are no pictures here. Expected are MNIST's files, a folder of pictures for "
        + "each class, or a list of paths and labels."
    case .emptyClass(let name):
      "Class '\(name)' has no picture that can be read. Put some into its folder, or remove that."
    case .oneClass(let name):
      "There is only one class, '\(name)'. A classifier needs at least two."
    case .badLine(let path, let line):
      "\(path): line \(line) is not a path and a label. Write PATH,LABEL (a tab in a .tsv)."
    case .wrongShape(let found, let expected):
      "The data are \(found), but the model takes \(expected). Pictures in folders are brought to its "
        + "size."
    case .fixedShape(let found):
      "The data are \(found) and stay so. Leave --size and --channels out."
    case .digitsAreSquare(let width, let height):
      "--fit digit fits digits into squares, but --size is \(width)x\(height)."
    case .unknownClass(let name, let known):
      "Class '\(name)' is unknown to the model, which knows \(Self.first(known)). Call the "
        + "data's classes as it does, or say with --labels how its own are called."
    case .tooFewToSplit(let name, let count):
      "Class '\(name)' has only \(count) picture, too few to hold any out. Use --validation 0."
    }
  }

  /// Of a thousand names the first are enough.
  private static func first(_ names: [String]) -> String {
    names.prefix(10).joined(separator: ", ") + (names.count > 10 ? ", ..." : "")
  }
}
