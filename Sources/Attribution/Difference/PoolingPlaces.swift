import Networks
import Tensors

/// The input elements under each window of a pooling layer.
struct PoolingPlaces {
  private let window: PoolingWindow
  let channels: Int
  let inputHeight: Int
  let inputWidth: Int
  let outputHeight: Int
  let outputWidth: Int

  init(_ window: PoolingWindow, _ input: Shape, _ output: Shape) {
    self.window = window
    channels = input[0]
    inputHeight = input.rank == 3 ? input[1] : 1
    inputWidth = input[input.rank - 1]
    outputHeight = output.rank == 3 ? output[1] : 1
    outputWidth = output[output.rank - 1]
  }

  /// Whether windows are 2x2 blocks side by side.
  var isPlainHalving: Bool { window.isPlainHalving }

  /// Calls `body` for each output element with its window's elements, in the order of taps.
  func forEachWindow(_ body: (_ output: Int, _ places: [Int]) -> Void) {
    var output = 0
    let columns = (0..<outputWidth).map { Self.places(window.horizontal, $0, length: inputWidth) }
    // One list for all windows: most of the time would go into making them.
    var places: [Int] = []
    for channel in 0..<channels {
      for y in 0..<outputHeight {
        let rows = Self.places(window.vertical, y, length: inputHeight)
        for x in 0..<outputWidth {
          places.removeAll(keepingCapacity: true)
          for row in rows {
            let start = (channel * inputHeight + row) * inputWidth
            for column in columns[x] { places.append(start + column) }
          }
          body(output, places)
          output += 1
        }
      }
    }
  }

  /// The places along one axis that a window covers.
  private static func places(_ axis: WindowAxis, _ output: Int, length: Int) -> [Int] {
    (0..<axis.kernel).map { output * axis.stride - axis.before + $0 * axis.dilation }
      .filter { (0..<length).contains($0) }
  }
}
