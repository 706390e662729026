public import Tensors

/// Why there is no data set to train on or to measure with.
public enum DataSetError: Error, Equatable {
  /// The file or folder is missing, or may not be read.
  case cannotRead(path: String)

  /// Compressed data that do not decompress.
  case damaged(path: String)

  /// Not an IDX file, or not one of bytes; the first bytes of the file.
  case notIDX(path: String, beginning: [UInt8])

  /// IDX of another number of axes than it should have (images three or four, labels one).
  case wrongAxes(path: String, found: [Int])

  /// The header promises more bytes than the file has.
  case truncated(path: String, found: Int, expected: Int)

  /// More bytes than may be read.
  case tooLarge(path: String, bytes: Int, limit: Int)

  /// As many labels as images are needed.
  case countsDiffer(images: Int, path: String, labels: Int, labelPath: String)

  /// A label that is no class.
  case labelOutOfRange(path: String, sample: Int, label: Int, classes: Int)

  /// None of the kinds of data that can be read is at the path.
  case nothingFound(path: String)

  /// A class of which no picture could be read.
  case emptyClass(name: String)

  /// A classifier needs two classes.
  case oneClass(name: String)

  /// A line of a list that is not a path and a label.
  case badLine(path: String, line: Int)

  /// The data have another shape than the model eats.
  case wrongShape(found: Shape, expected: Shape)

  /// The data come in a shape of their own, and another was asked for.
  case fixedShape(found: Shape)

  /// Digits are fitted into squares.
  case digitsAreSquare(width: Int, height: Int)

  /// The data have a class that the model does not know.
  case unknownClass(name: String, known: [String])

  /// A class has too few samples to be split.
  case tooFewToSplit(name: String, count: Int)
}

/// A file that could not be used, and why; it is skipped and counted.
public struct SkippedFile: Error, Sendable {
  public let path: String
  public let reason: any Error
}
