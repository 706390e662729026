import Tensors

/// The differences between each pixel and its eight neighbours, in ascending order.
struct PixelEdges: Sendable {
  let height: Int
  let width: Int
  let sorted: [Edge]

  /// A pair of neighbours: the pixel where it starts, and in which of four directions the other is.
  struct Edge: Sendable {
    /// The bits of the difference, whose order is that of the numbers.
    let bits: UInt32

    /// The pixel's place times four, and the direction.
    let place: UInt32

    var difference: Float { Float(bitPattern: bits) }
  }

  /// Right, down, down right, down left.
  private static let directions = [(0, 1), (1, 0), (1, 1), (1, -1)]

  init(_ image: PixelPlanes, _ workers: Workers?) {
    height = image.height
    width = image.width
    let (height, width, planes) = (height, width, image.planes)
    // Direction by direction, so that equal differences come in that order.
    let edges = workers.map(4) { direction in
      let (down, right) = Self.directions[direction]
      var edges: [Edge] = []
      edges.reserveCapacity(height * width)
      let first = max(0, -right)
      for row in 0..<max(0, height - down) {
        for column in first..<max(first, width - max(0, right)) {
          let place = row * width + column
          let other = place + down * width + right
          var squares: Float = 0
          for plane in planes {
            let difference = plane[other] - plane[place]
            squares += difference * difference
          }
          edges.append(
            Edge(bits: squares.squareRoot().bitPattern, place: UInt32(4 * place + direction)))
        }
      }
      return edges
    }
    sorted = Self.sorted(edges.flatMap { $0 })
  }

  func ends(_ edge: Edge) -> (Int, Int) {
    let place = Int(edge.place >> 2)
    switch edge.place & 3 {
    case 0: return (place, place + 1)
    case 1: return (place, place + width)
    case 2: return (place, place + width + 1)
    default: return (place, place + width - 1)
    }
  }

  /// Sorts by eleven bits at a time from the lowest up; equal ones keep their order.
  private static func sorted(_ edges: [Edge]) -> [Edge] {
    var from = edges
    var into = edges
    for shift: UInt32 in [0, 11, 22] {
      var starts = Array(repeating: 0, count: 2048)
      for edge in from { starts[Int(edge.bits >> shift & 2047)] += 1 }
      var sum = 0
      for digit in starts.indices { (starts[digit], sum) = (sum, sum + starts[digit]) }
      for edge in from {
        let digit = Int(edge.bits >> shift & 2047)
        into[starts[digit]] = edge
        starts[digit] += 1
      }
      swap(&from, &into)
    }
    return from
  }
}
