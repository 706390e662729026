import Imaging
import Tensors
import TestSupport
import Testing

@testable import Training

@Suite("Data sets")
struct DataSetTests {
  /// Two images of 2x2 with the numbers 0 to 7, as they are and as gzip made of them.
  private let plain: [UInt8] = [
    0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 2, 0, 1, 2, 3, 4, 5, 6, 7,
  ]
  private let compressed: [UInt8] = [
    31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 99, 96, 224, 96, 102, 96, 96, 96, 130, 99, 70, 38, 102, 22, 86,
    54, 118, 0, 63, 212, 130, 22, 24, 0, 0, 0,
  ]

  @Test("IDX files are read plain and compressed")
  func readsIDX() async throws {
    try await withTemporaryFolder { folder in
      for (name, bytes) in [("plain", plain), ("compressed", compressed)] {
        try writeFile("\(folder)/\(name)", bytes)
        let file = try IDXFile("\(folder)/\(name)")
        #expect(file.axes == [2, 2, 2])
        #expect(file.bytes == [0, 1, 2, 3, 4, 5, 6, 7])
      }
    }
  }

  @Test("IDX files that lie about themselves are refused")
  func refusesIDX() async throws {
    try await withTemporaryFolder { folder async throws in
      let path = "\(folder)/file"
      func error(_ bytes: [UInt8], limit: Int = 1 << 20) throws -> DataSetError? {
        try writeFile(path, bytes)
        do {
          _ = try IDXFile(path, limit: limit)
          return nil
        } catch {
          return error
        }
      }
      #expect(try error(plain.dropLast()) == .truncated(path: path, found: 7, expected: 8))
      #expect(try error(plain, limit: 7) == .tooLarge(path: path, bytes: 8, limit: 7))
      #expect(try error([1, 2, 3, 4]) == .notIDX(path: path, beginning: [1, 2, 3, 4]))
      #expect(try error([]) == .notIDX(path: path, beginning: []))
      #expect(try error(compressed.dropLast(14)) == .damaged(path: path))
      var corrupt = compressed
      corrupt[29] ^= 1
      #expect(try error(corrupt) == .damaged(path: path))
      #expect(throws: DataSetError.cannotRead(path: folder + "/none")) {
        try IDXFile(folder + "/none")
      }
    }
  }

  @Test("images and labels that do not belong together are refused")
  func refusesPairs() async throws {
    try await withTemporaryFolder { folder in
      let (images, labels) = ("\(folder)/images", "\(folder)/labels")
      try writeFile(images, plain)
      try writeFile(labels, [0, 0, 8, 1, 0, 0, 0, 3, 0, 1, 0])
      #expect(
        throws: DataSetError.countsDiffer(images: 2, path: images, labels: 3, labelPath: labels)
      ) {
        try DataSet.idx(images: images, labels: labels)
      }
      #expect(throws: DataSetError.tooLarge(path: images, bytes: 8, limit: 7)) {
        try DataSet.idx(images: images, labels: labels, memoryBudget: 7)
      }
      try writeFile(labels, [0, 0, 8, 1, 0, 0, 0, 2, 0, 5])
      #expect(
        throws: DataSetError.labelOutOfRange(path: labels, sample: 1, label: 5, classes: 5)
      ) {
        try DataSet.idx(images: images, labels: labels, classes: 5)
      }
    }
  }

  @Test("a split keeps every class's share, loses nothing and repeats")
  func splits() throws {
    let labels = (0..<100).map { $0 < 90 ? $0 % 2 : 2 }
    let data = DataSet(
      shape: [1, 1, 1], classes: ["a", "b", "c"], labels: labels, bytes: (0..<100).map(UInt8.init))
    let (training, validation) = try data.split(validation: 0.2, seed: 5)
    #expect(validation.classCounts == [9, 9, 2])
    let all = (training.bytes + validation.bytes).sorted()
    #expect(all == (0..<100).map(UInt8.init))
    #expect(try data.split(validation: 0.2, seed: 5).validation.bytes == validation.bytes)
    #expect(try data.split(validation: 0.2, seed: 6).validation.bytes != validation.bytes)
  }

  @Test("drawn digits are those of their numbers, also where many are drawn")
  func drawsDigits() throws {
    var options = DataSetOptions()
    options.drawnCount = 1030
    options.drawnSeed = 3
    let data = try DataSet.open("synthetic", options: options, workers: Workers(count: 2)).data
    #expect(data.count == 1030)
    for number in [0, 1023, 1024, 1029] {
      let (image, label) = DrawnDigits(seed: 3).digit(number)
      #expect(data.picture(of: number).samples == image.samples)
      #expect(data.labels[number] == label)
    }
    options.memoryBudget = 1030 * 784 - 1
    #expect(
      throws: DataSetError.tooLarge(
        path: "synthetic", bytes: 1030 * 784, limit: 1030 * 784 - 1)
    ) {
      try DataSet.open("synthetic", options: options, workers: Workers(count: 1))
    }
  }

  @Test("a folder for each class becomes a data set, bad files are counted")
  func readsFolders() async throws {
    let workers = Workers(count: 2)
    try await withTemporaryFolder { folder in
      let picture = try Fixtures.data("formats/grey-1.png")
      for name in ["10", "9"] {
        try writeFile("\(folder)/\(name)/a.png", picture)
        try writeFile("\(folder)/\(name)/deep/b.png", picture)
      }
      try writeFile("\(folder)/9/broken.png", picture.prefix(20))
      var options = DataSetOptions()
      options.width = 6
      options.height = 5
      let loaded = try DataSet.open(folder, options: options, workers: workers)
      #expect(loaded.data.classes == ["9", "10"])
      #expect(loaded.data.labels == [1, 1, 0, 0])
      #expect(loaded.data.shape == [1, 5, 6])
      #expect(loaded.skipped.map(\.path) == ["\(folder)/9/broken.png"])
      options.memoryBudget = 10
      let streaming = try DataSet.open(folder, options: options, workers: workers)
      #expect(streaming.data.isStreaming)
      #expect(streaming.data.bytes == loaded.data.bytes)
      for data in [loaded.data, streaming.data.subset([0, 1, 2, 3])] {
        #expect(data.path(of: 3) == "\(folder)/9/deep/b.png")
      }
    }
  }

  @Test("digits are fitted into squares, MNIST's if nothing else is said")
  func fitsDigits() async throws {
    try await withTemporaryFolder { folder in
      for name in ["0", "1"] {
        try writeFile("\(folder)/\(name)/a.png", try Fixtures.data("digits/\(name)-01.png"))
      }
      let workers = Workers(count: 1)
      var options = DataSetOptions()
      options.fit = .digit
      #expect(
        try DataSet.open(folder, options: options, workers: workers).data.shape == [1, 28, 28])
      options.channels = 3
      let colour = try DataSet.open(folder, options: options, workers: workers).data
      #expect(colour.shape == [3, 28, 28])
      let planes = colour.bytes(of: 0)
      #expect(planes[..<784] == planes[784..<1568] && planes.contains { $0 > 200 })
      (options.width, options.height) = (20, 30)
      #expect(throws: DataSetError.digitsAreSquare(width: 20, height: 30)) {
        try DataSet.open(folder, options: options, workers: workers)
      }
    }
  }

  @Test("samples become pictures again")
  func showsSamples() {
    let grey = DataSet(
      shape: [1, 1, 2], classes: ["a", "b"], labels: [0, 1], bytes: [1, 2, 3, 4])
    #expect(grey.picture(of: 1).samples == .eight([3, 4]))
    let colour = DataSet(
      shape: [3, 1, 2], classes: ["a", "b"], labels: [0], bytes: [1, 2, 3, 4, 5, 6])
    #expect(colour.picture(of: 0).samples == .eight([1, 3, 5, 2, 4, 6]))
    #expect(colour.picture(of: 0).layout == .rgb)
  }

  @Test("a list of paths and labels becomes a data set")
  func readsLists() async throws {
    try await withTemporaryFolder { folder in
      let picture = try Fixtures.data("formats/grey-1.png")
      try writeFile("\(folder)/x, y.png", picture)
      try writeFile("\(folder)/list.csv", "path,label\n\"x, y.png\",cat\n\nx, y.png,dog\n".utf8)
      let workers = Workers(count: 1)
      #expect(throws: DataSetError.emptyClass(name: "y.png")) {
        try DataSet.open("\(folder)/list.csv", workers: workers)
      }
      try writeFile("\(folder)/list.tsv", "x, y.png\tcat\nx, y.png\tdog\n".utf8)
      let data = try DataSet.open("\(folder)/list.tsv", workers: workers).data
      #expect(data.classes == ["cat", "dog"])
      #expect(data.labels == [0, 1])
      // As a spreadsheet writes it; by characters there is neither a comma nor the end of a line.
      try writeFile(
        "\(folder)/list.csv",
        "\u{FEFF}path,label\r\n\"x, y.png\",\u{E33}\r\n\"x, y.png\",dog\r\n".utf8)
      let signs = try DataSet.open("\(folder)/list.csv", workers: workers).data
      #expect(signs.classes == ["dog", "\u{E33}"] && signs.labels == [1, 0])
      try writeFile("\(folder)/list.tsv", "x, y.png\tcat\nx, y.png\0\tdog\n".utf8)
      #expect(throws: DataSetError.badLine(path: "\(folder)/list.tsv", line: 2)) {
        try DataSet.open("\(folder)/list.tsv", workers: workers)
      }
      try writeFile("\(folder)/list.tsv", "x, y.png\tcat\nx, y.png\n".utf8)
      #expect(throws: DataSetError.badLine(path: "\(folder)/list.tsv", line: 2)) {
        try DataSet.open("\(folder)/list.tsv", workers: workers)
      }
    }
  }
}

extension DataSet {
  /// All samples one behind the other.
  fileprivate var bytes: [UInt8] { labels.indices.flatMap { bytes(of: $0) } }
}
