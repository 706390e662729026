public import Imaging

/// How picture files become a data set, as far as the files do not say.
public struct DataSetOptions: Sendable {
  /// One for grey, three for colour; nothing takes grey if the first pictures are grey.
  public var channels: Int?

  /// The samples' sides; nothing takes the first picture's, but at most 64 pixels on the longer side.
  public var width: Int?
  public var height: Int?

  public var fit: PictureFit = .letterbox

  /// The most bytes of samples to keep in memory. Larger sets of picture files are decoded again in
  /// every epoch; larger IDX files and more drawn digits are refused.
  public var memoryBudget = 1 << 30

  /// Names of the classes, where a model has them already; otherwise they come from the data.
  public var classes: [String]?

  /// How many digits `synthetic` draws, and from which seed.
  public var drawnCount = 10_000
  public var drawnSeed: UInt64 = 1

  /// Which files of a folder that holds a training and a test set.
  public var part = DataSetPart.training

  public init() {}
}

/// A data set, and what was left out of it.
public struct LoadedDataSet: Sendable {
  public let data: DataSet

  /// The pictures that could not be read.
  public let skipped: [SkippedFile]
}
