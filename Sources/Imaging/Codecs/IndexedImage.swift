/// A picture as numbers of colours, for PNG's palettes.
struct IndexedImage {
  let width: Int
  let height: Int
  let indices: [UInt8]
  /// Red, green, blue and alpha; translucent colours first, as PNG keeps alphas only up to the last
  /// translucent one.
  let palette: [SIMD4<UInt8>]

  /// Nil when more than 256 colours occur, or samples have 16 bits. In a photograph the 257th is
  /// met within the first rows.
  init?(_ image: Image) {
    guard case .eight(let samples) = image.samples else { return nil }
    var table = ColourTable()
    guard let numbers = table.numbers(of: samples, image.layout) else { return nil }
    let order = PaletteOrder(table)
    self.width = image.width
    self.height = image.height
    self.indices = order.places(of: numbers)
    self.palette = order.palette
  }
}

/// The palette of a picture that is made some rows at a time, twice over: to find the colours, and
/// as their numbers.
struct IndexedRows {
  private let layout: Image.Layout
  private let table: ColourTable
  private let order: PaletteOrder

  /// How many rows are looked at together.
  private static let bandRows = 64

  /// Nil when more than 256 colours occur.
  init?(height: Int, layout: Image.Layout, rows: (Range<Int>) -> [UInt8]) {
    var table = ColourTable()
    for first in stride(from: 0, to: height, by: Self.bandRows) {
      let band = rows(first..<min(first + Self.bandRows, height))
      guard table.numbers(of: band, layout) != nil else { return nil }
    }
    self.layout = layout
    self.table = table
    order = PaletteOrder(table)
  }

  var palette: [SIMD4<UInt8>] { order.palette }

  /// The numbers of the colours of these samples.
  func indices(of samples: [UInt8]) -> [UInt8] {
    var table = table
    guard let numbers = table.numbers(of: samples, layout) else {
      preconditionFailure("rows have other colours than when they were made before")
    }
    return order.places(of: numbers)
  }
}

/// The order of a palette: translucent colours first.
private struct PaletteOrder {
  let palette: [SIMD4<UInt8>]
  private var places = [UInt8](repeating: 0, count: 256)

  init(_ table: ColourTable) {
    let order = table.colours.indices.sorted {
      (table.colours[$0].w == 255 ? 1 : 0, $0) < (table.colours[$1].w == 255 ? 1 : 0, $1)
    }
    for (place, number) in order.enumerated() { places[number] = UInt8(place) }
    palette = order.map { table.colours[$0] }
  }

  /// Where colours stand that came with these numbers.
  func places(of numbers: [UInt8]) -> [UInt8] { numbers.map { places[Int($0)] } }
}

extension Image.Layout {
  fileprivate func colour(of samples: [UInt8], at start: Int) -> SIMD4<UInt8> {
    let first = samples[start]
    switch self {
    case .grey: return SIMD4(first, first, first, 255)
    case .greyAlpha: return SIMD4(first, first, first, samples[start + 1])
    case .rgb: return SIMD4(first, samples[start + 1], samples[start + 2], 255)
    case .rgba: return SIMD4(first, samples[start + 1], samples[start + 2], samples[start + 3])
    }
  }
}

/// Numbers up to 256 colours in the order of their coming.
private struct ColourTable {
  private(set) var colours: [SIMD4<UInt8>] = []
  /// Open addressing over four times as many places as there can be colours; -1 is free.
  private var places = [Int16](repeating: -1, count: 1024)

  /// The numbers of all pixels' colours; nil when there are too many.
  mutating func numbers(of samples: [UInt8], _ layout: Image.Layout) -> [UInt8]? {
    let step = layout.channelCount
    var numbers: [UInt8] = []
    numbers.reserveCapacity(samples.count / step)
    var previous: SIMD4<UInt8>?
    var number: UInt8 = 0
    for start in stride(from: 0, to: samples.count, by: step) {
      let colour = layout.colour(of: samples, at: start)
      // Neighbours are mostly alike where there are few colours.
      if colour != previous {
        guard let found = self.number(of: colour) else { return nil }
        number = found
        previous = colour
      }
      numbers.append(number)
    }
    return numbers
  }

  private mutating func number(of colour: SIMD4<UInt8>) -> UInt8? {
    // Fibonacci hashing of the four bytes.
    let word = unsafe unsafeBitCast(colour, to: UInt32.self)
    var place = Int((word &* 2_654_435_769) >> 22)
    while places[place] >= 0 {
      let number = Int(places[place])
      if colours[number] == colour { return UInt8(number) }
      place = (place + 1) & 1023
    }
    guard colours.count < 256 else { return nil }
    places[place] = Int16(colours.count)
    colours.append(colour)
    return UInt8(colours.count - 1)
  }
}
