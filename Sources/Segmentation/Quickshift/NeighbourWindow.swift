import Tensors

/// An image whose pixels are compared with all those in a square around them, sixteen neighbouring
/// pixels of a row at a time.
///
/// Rows are padded on both sides: nothing there is like anything in the image.
struct NeighbourWindow: Sendable {
  private let height: Int
  private let width: Int
  private let reach: Int
  private let rowLength: Int
  private let planes: [AlignedFloats]

  init(_ image: PixelPlanes, times factor: Float, reach: Int) {
    height = image.height
    width = image.width
    self.reach = reach
    rowLength = width + 2 * reach + laneCount
    let (height, width, rowLength) = (height, width, rowLength)
    planes = image.planes.map { plane in
      var padded = Array(repeating: Float(1e12), count: height * rowLength)
      for row in 0..<height {
        for column in 0..<width {
          padded[row * rowLength + reach + column] = plane[row * width + column] * factor
        }
      }
      return AlignedFloats(padded)
    }
  }

  /// For each pixel `Σ exp(−d² / 2 kernel²)` over its window.
  func densities(kernel: Float, _ workers: Workers?) -> [Float] {
    let scale = -0.5 / (kernel * kernel)
    return workers.map(height) { row in
      var line: [Float] = []
      for column in stride(from: 0, to: width, by: laneCount) {
        let own = planes.map { load($0, row, column) }
        var sum = Vector.zero
        forEachNeighbour(row) { otherRow, right, place in
          let squares = squaredDistance(own, otherRow, column + right, Float(place))
          sum += (squares * scale).exp()
        }
        for lane in 0..<min(laneCount, width - column) { line.append(sum[lane]) }
      }
      return line
    }.flatMap { $0 }
  }

  /// For each pixel the nearest one of higher rank in its window, the first of several; the pixel
  /// itself if there is none, or none so near.
  func parents(_ ranks: Quickshift.Ranks, longest: Float, _ workers: Workers?) -> [Int] {
    // Integers travel as bits; outside the image nothing has a rank.
    var padded = Array(repeating: Float(bitPattern: .max), count: height * rowLength)
    for row in 0..<height {
      for column in 0..<width {
        let rank = UInt32(bitPattern: ranks.ranks[row * width + column])
        padded[row * rowLength + reach + column] = Float(bitPattern: rank)
      }
    }
    let ranks = AlignedFloats(padded)
    return workers.map(height) { row in
      var line: [Int] = []
      for column in stride(from: 0, to: width, by: laneCount) {
        let own = planes.map { load($0, row, column) }
        let rank = load(ranks, row, column).bits
        var closest = Vector(repeating: .greatestFiniteMagnitude)
        var parent = SIMD16<Int32>(repeating: 0)
        forEachNeighbour(row) { otherRow, right, place in
          let squares = squaredDistance(own, otherRow, column + right, Float(place))
          let isBetter =
            (load(ranks, otherRow, column + right).bits .> rank) .& (squares .< closest)
          closest.replace(with: squares, where: isBetter)
          let offset = Int32((otherRow - row) * width + right)
          parent.replace(with: SIMD16(repeating: offset), where: isBetter)
        }
        for lane in 0..<min(laneCount, width - column) {
          let isNear = closest[lane].squareRoot() <= longest
          line.append(row * width + column + lane + (isNear ? Int(parent[lane]) : 0))
        }
      }
      return line
    }.flatMap { $0 }
  }

  /// Calls `body` for each place of the window that lies in the image's rows, in reading order.
  @inline(__always)
  private func forEachNeighbour(
    _ row: Int, _ body: (_ row: Int, _ right: Int, _ squaredDistance: Int) -> Void
  ) {
    for other in max(0, row - reach)...min(height - 1, row + reach) {
      let down = (other - row) * (other - row)
      for right in -reach...reach { body(other, right, down + right * right) }
    }
  }

  @inline(__always)
  private func squaredDistance(
    _ own: [Vector], _ row: Int, _ column: Int, _ place: Float
  ) -> Vector {
    var sum = Vector(repeating: place)
    for channel in own.indices {
      let difference = own[channel] - load(planes[channel], row, column)
      sum += difference * difference
    }
    return sum
  }

  @inline(__always)
  private func load(_ values: AlignedFloats, _ row: Int, _ column: Int) -> Vector {
    let place = row * rowLength + reach + column
    precondition(place >= 0 && place + laneCount <= values.count, "a place outside the padding")
    return unsafe UnsafeRawPointer(values.pointer + place).loadUnaligned(as: Vector.self)
  }
}
