/// Labels whose segments may fall apart, made into connected segments.
///
/// Pieces are found in reading order, none larger than `largest`; one smaller than `smallest` goes to
/// the neighbour that was met last. A piece before any neighbour shares the next piece's label. This
/// is the rule of the original and of scikit-image, to the pixel.
struct ConnectedSegments {
  let labels: [Int32]
  let height: Int
  let width: Int
  let smallest: Int
  let largest: Int

  var map: LabelMap {
    var result = Array(repeating: -1, count: labels.count)
    var piece: [Int] = []
    piece.reserveCapacity(largest)
    var next = 0
    for start in labels.indices where result[start] < 0 {
      let neighbour = flood(from: start, as: next, &result, &piece)
      if piece.count < smallest {
        for place in piece { result[place] = neighbour }
      } else {
        next += 1
      }
    }
    return LabelMap(height: height, width: width, renumbering: result)
  }

  /// Marks the piece around a place, breadth first, and says which other segment was met last.
  private func flood(
    from start: Int, as mark: Int, _ result: inout [Int], _ piece: inout [Int]
  ) -> Int {
    let label = labels[start]
    var neighbour = mark
    result[start] = mark
    piece.removeAll(keepingCapacity: true)
    piece.append(start)
    var visited = 0
    while visited < piece.count && piece.count < largest {
      let (row, column) = (piece[visited] / width, piece[visited] % width)
      for (down, right) in [(0, 1), (0, -1), (1, 0), (-1, 0)] {
        let (y, x) = (row + down, column + right)
        guard y >= 0, y < height, x >= 0, x < width else { continue }
        let place = y * width + x
        if labels[place] == label && result[place] < 0 {
          result[place] = mark
          piece.append(place)
          if piece.count >= largest { break }
        } else if result[place] >= 0 && result[place] != mark {
          neighbour = result[place]
        }
      }
      visited += 1
    }
    return neighbour
  }
}
