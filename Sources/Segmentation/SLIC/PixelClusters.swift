import Tensors

/// The centres of k-means over an image and the pixels that are theirs.
///
/// Rows are worked on in sixteen bands, whatever the number of threads: a pixel sees the centres in
/// their order, and the sums of the bands are added in theirs.
struct PixelClusters {
  private let image: PixelBlocks
  private let seeds: SeedGrid

  /// Of each centre: row, column, and its colours.
  private var centres: [[Float]]

  /// Of each block of pixels: the distance to the nearest centre so far, and which that is, as bits.
  private let nearest: LaneArena
  private static let bands = 16

  init(_ image: PixelBlocks, seeds: SeedGrid) {
    self.image = image
    self.seeds = seeds
    let colours = Array(repeating: Float(0), count: image.channels)
    centres = seeds.rows.flatMap { row in
      seeds.columns.map { [Float(row), Float($0)] + colours }
    }
    nearest = LaneArena(count: 2 * image.height * image.blocksInRow)
  }

  private func rows(ofBand band: Int) -> Range<Int> {
    band * image.height / Self.bands..<(band + 1) * image.height / Self.bands
  }

  /// Gives every pixel to the nearest of the centres within two steps.
  mutating func assign(_ workers: Workers?) {
    let (image, seeds, centres, nearest) = (image, seeds, centres, nearest)
    let bands = (0..<Self.bands).map { rows(ofBand: $0) }
    workers.forEach(Self.bands) { band in
      image.withElements { elements in
        Assignment(image: image, elements: elements, nearest: nearest.all, seeds: seeds)
          .run(centres, rows: bands[band])
      }
    }
  }

  /// Moves the centres to the means of their pixels; one that has none stays where it is.
  mutating func moveCentres(_ workers: Workers?) {
    let (image, nearest, features) = (image, nearest, image.channels + 2)
    let bands = (0..<Self.bands).map { rows(ofBand: $0) }
    let count = centres.count
    let sums = workers.map(Self.bands) { band in
      // The last number of each centre counts its pixels.
      var sums = Array(repeating: 0.0, count: count * (features + 1))
      image.withElements { elements in
        for row in bands[band] {
          for column in 0..<image.width {
            let block = row * image.blocksInRow + column / laneCount
            let lane = column % laneCount
            let start = Int(nearest.all[2 * block + 1].bits[lane]) * (features + 1)
            sums[start] += Double(row)
            sums[start + 1] += Double(column)
            for channel in 0..<image.channels {
              sums[start + 2 + channel] += Double(elements[block * image.channels + channel][lane])
            }
            sums[start + features] += 1
          }
        }
      }
      return sums
    }
    for centre in centres.indices {
      let start = centre * (features + 1)
      let pixels = sums.reduce(0) { $0 + $1[start + features] }
      guard pixels > 0 else { continue }
      for feature in 0..<features {
        centres[centre][feature] = Float(sums.reduce(0) { $0 + $1[start + feature] } / pixels)
      }
    }
  }

  /// The centre of each pixel, row by row.
  func labels() -> [Int32] {
    (0..<image.height).flatMap { row in
      (0..<image.width).map { column in
        let block = row * image.blocksInRow + column / laneCount
        return nearest.all[2 * block + 1].bits[column % laneCount]
      }
    }
  }
}

/// One round of looking for the nearest centres, over some of the rows.
private struct Assignment {
  let image: PixelBlocks
  let elements: LanesView
  let nearest: MutableLanesView
  let seeds: SeedGrid

  func run(_ centres: [[Float]], rows: Range<Int>) {
    for block in rows.lowerBound * image.blocksInRow..<rows.upperBound * image.blocksInRow {
      nearest[2 * block] = Vector(repeating: .greatestFiniteMagnitude)
    }
    for (number, centre) in centres.enumerated() {
      let (y, x) = (centre[0], centre[1])
      let top = max(rows.lowerBound, Int(max(y - Float(2 * seeds.rowStep), 0)))
      let bottom = min(rows.upperBound, Int(y + Float(2 * seeds.rowStep + 1)))
      let left = Int(max(x - Float(2 * seeds.columnStep), 0))
      let right = min(image.width, Int(x + Float(2 * seeds.columnStep + 1)))
      guard top < bottom, left < right else { continue }
      visit(
        number, centre, rows: top..<bottom, columns: left..<right)
    }
  }

  private func visit(
    _ number: Int, _ centre: [Float], rows: Range<Int>, columns: Range<Int>
  ) {
    let step = Float(max(seeds.rowStep, seeds.columnStep))
    let weight = 1 / (step * step)
    let mine = SIMD16<Int32>(repeating: Int32(number))
    let blocks = columns.lowerBound / laneCount...(columns.upperBound - 1) / laneCount
    let channels = image.channels
    for row in rows {
      let down = (centre[0] - Float(row)) * (centre[0] - Float(row))
      for block in blocks {
        let x = PixelBlocks.columns(ofBlock: block)
        let across = centre[1] - x
        var distance = (across * across + down) * weight
        let place = row * image.blocksInRow + block
        for channel in 0..<channels {
          let difference = elements[place * channels + channel] - centre[2 + channel]
          distance += difference * difference
        }
        var isNearer = distance .< nearest[2 * place]
        if block == blocks.lowerBound || block == blocks.upperBound {
          isNearer .&= (x .>= Float(columns.lowerBound)) .& (x .< Float(columns.upperBound))
        }
        nearest[2 * place].replace(with: distance, where: isNearer)
        let owner = nearest[2 * place + 1].bits.replacing(with: mine, where: isNearer)
        nearest[2 * place + 1] = Vector(bits: owner)
      }
    }
  }
}
