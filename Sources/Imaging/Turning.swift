/// Where the pixels of a stored picture go when it is turned upright.
///
/// Pixels move as bytes, of any kind of sample, and whole rows at a time, so that a picture can be
/// turned while it is decoded.
struct Turning {
  /// Of the upright picture.
  let width: Int
  let height: Int
  private let storedWidth: Int
  private let pixelSize: Int
  private let swapsSides: Bool
  /// Pixel (column, row) of the stored picture becomes pixel
  /// `origin + column · columnStep + row · rowStep` of the upright one.
  private let origin: Int
  private let columnStep: Int
  private let rowStep: Int

  /// - Parameter pixelSize: in bytes.
  init(_ orientation: Orientation, storedWidth: Int, storedHeight: Int, pixelSize: Int) {
    swapsSides = orientation.swapsSides
    let (width, height) = swapsSides ? (storedHeight, storedWidth) : (storedWidth, storedHeight)
    let lastColumn = width - 1
    let lastRow = width * (height - 1)
    (origin, columnStep, rowStep) =
      switch orientation {
      case .upright: (0, 1, width)
      case .mirrorLeftRight: (lastColumn, -1, width)
      case .rotateHalfTurn: (lastRow + lastColumn, -1, -width)
      case .mirrorTopBottom: (lastRow, 1, -width)
      case .transpose: (0, width, 1)
      case .rotateClockwise: (lastColumn, width, -1)
      case .transverse: (lastRow + lastColumn, -width, -1)
      case .rotateCounterclockwise: (lastRow, -width, 1)
      }
    (self.width, self.height) = (width, height)
    self.storedWidth = storedWidth
    self.pixelSize = pixelSize
  }

  /// Bytes beyond a band that `place` may read.
  static let reach = 8

  /// Puts the stored rows `first ..< first + count` where they belong.
  ///
  /// - Parameter rows: followed by `reach` bytes that are no pixels of ours.
  func place(_ rows: UnsafeRawPointer, first: Int, count: Int, in target: UnsafeMutableRawPointer) {
    switch pixelSize {
    case 1: unsafe place(rows, first, count, target, as: UInt8.self, pixelSize: 1)
    case 2: unsafe place(rows, first, count, target, as: UInt16.self, pixelSize: 2)
    case 3: unsafe place(rows, first, count, target, as: UInt32.self, pixelSize: 3)
    case 4: unsafe place(rows, first, count, target, as: UInt32.self, pixelSize: 4)
    case 6: unsafe place(rows, first, count, target, as: UInt64.self, pixelSize: 6)
    case 8: unsafe place(rows, first, count, target, as: UInt64.self, pixelSize: 8)
    default: preconditionFailure("no picture has pixels of \(pixelSize) bytes")
    }
  }

  /// Runs of pixels that become neighbours in a row, from left to right: columns of the stored rows
  /// where the sides swap, the rows themselves otherwise.
  @inline(__always)
  private func place<Word: FixedWidthInteger & BitwiseCopyable>(
    _ rows: UnsafeRawPointer, _ first: Int, _ count: Int, _ target: UnsafeMutableRawPointer,
    as word: Word.Type, pixelSize: Int
  ) {
    let runs = swapsSides ? storedWidth : count
    let length = swapsSides ? count : storedWidth
    let sourceRunStep = swapsSides ? 1 : storedWidth
    let targetRunStep = swapsSides ? columnStep : rowStep
    // Neighbours in the stored picture are neighbours in the upright one, perhaps the other way.
    var sourceStep = swapsSides ? storedWidth : 1
    var source = 0
    var place = origin + first * rowStep
    if (swapsSides ? rowStep : columnStep) < 0 {
      source = (length - 1) * sourceStep
      place -= length - 1
      sourceStep = -sourceStep
    }
    for _ in 0..<runs {
      unsafe copyRun(
        from: rows + source * pixelSize, step: sourceStep * pixelSize,
        to: target + place * pixelSize, count: length, as: word, pixelSize: pixelSize)
      source += sourceRunStep
      place += targetRunStep
    }
  }

  /// Copies pixels to places beside each other. A pixel of three bytes travels as a word of four,
  /// whose last byte the next pixel overwrites; the last pixel goes byte by byte.
  @inline(__always)
  private func copyRun<Word: FixedWidthInteger & BitwiseCopyable>(
    from source: UnsafeRawPointer, step: Int, to target: UnsafeMutableRawPointer, count: Int,
    as word: Word.Type, pixelSize: Int
  ) {
    if step == pixelSize {
      unsafe target.copyMemory(from: source, byteCount: count * pixelSize)
      return
    }
    var (from, to) = unsafe (source, target)
    for _ in 1..<max(count, 1) {
      unsafe to.storeBytes(of: from.loadUnaligned(as: word), as: word)
      unsafe from += step
      unsafe to += pixelSize
    }
    for byte in 0..<pixelSize {
      unsafe to.storeBytes(
        of: from.load(fromByteOffset: byte, as: UInt8.self), toByteOffset: byte, as: UInt8.self)
    }
  }
}

extension Turning {
  /// A whole picture's values turned; `channels` of them are a pixel.
  func turned<Sample: BitwiseCopyable>(_ stored: [Sample]) -> [Sample] {
    let sampleSize = MemoryLayout<Sample>.stride
    precondition(
      stored.count * sampleSize == width * height * pixelSize,
      "\(stored.count) values are not \(width)x\(height) pixels of \(pixelSize) bytes")
    return unsafe [Sample](unsafeUninitializedCapacity: stored.count) { values, count in
      let target = UnsafeMutableRawPointer(values.baseAddress!)
      unsafe stored.withUnsafeBytes { unsafe place(all: $0, in: target) }
      count = stored.count
    }
  }

  /// Places all rows; the last one from a copy, after which `reach` bytes may be read.
  private func place(all rows: UnsafeRawBufferPointer, in target: UnsafeMutableRawPointer) {
    let rowSize = storedWidth * pixelSize
    let rowCount = rows.count / rowSize
    let band = 32
    for first in stride(from: 0, to: rowCount - 1, by: band) {
      unsafe place(
        rows.baseAddress! + first * rowSize, first: first, count: min(band, rowCount - 1 - first),
        in: target)
    }
    unsafe withUnsafeTemporaryAllocation(byteCount: rowSize + Self.reach, alignment: 8) { copy in
      unsafe copy.copyMemory(from: UnsafeRawBufferPointer(rebasing: rows.suffix(rowSize)))
      unsafe place(UnsafeRawPointer(copy.baseAddress!), first: rowCount - 1, count: 1, in: target)
    }
  }
}
