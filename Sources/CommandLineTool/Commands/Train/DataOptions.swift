import Imaging
import Tensors
import Training

/// The options of all commands that read a data set.
enum DataOptions {
  static let data = Option.value(
    "data", short: "d",
    .file(extensions: ["csv", "tsv"], placeholder: "PATH").offering(["synthetic"]),
    default: "synthetic", in: "Data",
    "A folder with MNIST's four files, a folder with a folder of pictures for each class, a list "
      + "(.csv, .tsv) of paths and labels, or 'synthetic': digits that are drawn.")
  static let size = Option.optional(
    "size", short: "s", .pixelSize,
    shownDefault: "that of the first picture, at most 64; 28x28 for digits",
    in: "Data", "The size that pictures are brought to.")
  static let channels = Option.optional(
    "channels", .choice(of: ChannelCount.self, placeholder: "N"),
    shownDefault: "1 if the first pictures are grey", in: "Data",
    "1 for grey, 3 for colour.")
  static let fit = Option.value(
    "fit", .choice(of: PictureFit.self, placeholder: "MODE"), default: "letterbox", in: "Data",
    "How pictures are brought to the size; 'digit' finds the ink and centres it. It is kept in "
      + "the model.")
  static let memory = Option.value(
    "memory", .byteCount, default: "1G", in: "Data",
    "The most bytes of pictures to keep in memory; larger sets are decoded in every epoch, larger "
      + "IDX files and more drawn digits refused.")
  static let drawn = Option.value(
    "drawn", .integer(in: 20...10_000_000), default: "10000", in: "Data",
    "How many digits 'synthetic' draws.")

  static let validation = Option.value(
    "validation", .number(in: 0...0.9), default: "0.1", in: "Data",
    "The share of every class that is held out to watch progress; 0 for none.")

  enum ChannelCount: String, CaseIterable {
    case one = "1"
    case three = "3"
  }

  static let declarations = [
    data.declaration, size.declaration, channels.declaration, fit.declaration, memory.declaration,
    drawn.declaration,
  ]
}

extension DataSetOptions {
  /// The options as they were given.
  init(_ arguments: Arguments) {
    self.init()
    if let size = arguments[DataOptions.size] {
      width = size.width
      height = size.height
    }
    channels = arguments[DataOptions.channels].map { $0 == .one ? 1 : 3 }
    fit = arguments[DataOptions.fit]
    memoryBudget = arguments[DataOptions.memory]
    drawnCount = arguments[DataOptions.drawn]
  }

  /// Whether samples have the shape that was asked for, where one was: MNIST's and drawn digits have
  /// one of their own.
  func allow(_ shape: Shape) -> Bool {
    zip([channels, height, width], shape.axes).allSatisfy { wanted, found in
      wanted.map { $0 == found } ?? true
    }
  }
}
