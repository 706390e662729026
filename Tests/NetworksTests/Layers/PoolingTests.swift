import Networks
import Tensors
import Testing

@Suite struct PoolingTests {
  /// Input sizes and windows: odd sizes, overlaps and gaps, dilation, uneven padding, ceil mode.
  static let windows: [(name: String, input: Shape, window: PoolingWindow)] = [
    ("halving", [3, 4, 6], .square(2)),
    ("halving, odd sizes", [2, 5, 7], .square(2)),
    ("a single pixel", [2, 1, 1], .square(1)),
    ("overlapping", [2, 7, 5], window(WindowAxis(kernel: 3, stride: 2))),
    ("gaps", [1, 9, 8], window(WindowAxis(kernel: 2, stride: 3))),
    (
      "padding", [2, 5, 6],
      window(WindowAxis(kernel: 3, stride: 2, before: 1, after: 1))
    ),
    (
      "uneven padding", [2, 4, 7],
      PoolingWindow(
        vertical: WindowAxis(kernel: 3, stride: 2, before: 0, after: 2),
        horizontal: WindowAxis(kernel: 4, stride: 3, before: 2, after: 1))
    ),
    (
      "dilation", [2, 8, 7],
      window(WindowAxis(kernel: 3, dilation: 2, before: 1, after: 1))
    ),
    (
      "ceil mode", [2, 6, 7],
      window(WindowAxis(kernel: 3, stride: 2, before: 1, after: 0, roundsUp: true))
    ),
    (
      "ceil mode whose last window would start in the padding", [1, 5, 5],
      window(WindowAxis(kernel: 2, stride: 3, before: 1, after: 1, roundsUp: true))
    ),
    (
      "dilated in ceil mode", [1, 9, 10],
      window(WindowAxis(kernel: 2, stride: 3, dilation: 3, before: 1, after: 1, roundsUp: true))
    ),
    (
      "one axis", [3, 11],
      PoolingWindow(horizontal: WindowAxis(kernel: 3, stride: 2, before: 1, after: 1))
    ),
  ]

  static let cases = windows.flatMap { name, shape, window in
    [
      LayerCase(
        "max, \(name)", .maxPooling(MaxPooling(window)), inputs: [shape], values: [.distinct()]
      ) { x, _ in
        pooled(x[0], window) { taps in taps.compactMap(\.self).max() ?? -.infinity }
      },
      LayerCase(
        "average, \(name)", .averagePooling(AveragePooling(window, countsPadding: false)),
        inputs: [shape]
      ) { x, _ in
        pooled(x[0], window) { taps in
          taps.compactMap(\.self).reduce(0, +) / Double(taps.compactMap(\.self).count)
        }
      },
      LayerCase(
        "average with padding, \(name)",
        .averagePooling(AveragePooling(window, countsPadding: true)), inputs: [shape]
      ) { x, _ in
        pooled(x[0], window) { taps in
          taps.compactMap(\.self).reduce(0, +) / Double(taps.count)
        }
      },
    ]
  }

  static let globalCases = [[3, 4, 5] as Shape, [2, 1, 1], [4, 7], [1, 2, 3, 3]].flatMap { shape in
    [
      LayerCase(
        "global average of \(shape)", .globalPooling(GlobalPooling(.average)), inputs: [shape]
      ) { x, _ in
        planes(x[0]) { $0.reduce(0, +) / Double($0.count) }
      },
      LayerCase(
        "global max of \(shape)", .globalPooling(GlobalPooling(.max)), inputs: [shape],
        values: [.distinct()]
      ) { x, _ in
        planes(x[0]) { $0.reduce(-.infinity, max) }
      },
    ]
  }

  @Test(arguments: cases + globalCases)
  func agreesWithItsOracle(_ layerCase: LayerCase) throws {
    try layerCase.expectAgreement()
  }

  @Test(arguments: [PoolingWindow.square(2), window(WindowAxis(kernel: 2, stride: 2, after: 1))])
  func theFirstOfEqualElementsWins(_ window: PoolingWindow) throws {
    let run = try LayerRun(
      .maxPooling(MaxPooling(window)), inputs: [[[1, 3, 3, 3], [-.infinity, -.infinity, 0, 0]]],
      shapes: [[1, 2, 2]], parameters: [], dOutputs: [[5], [7]],
      purpose: PlanPurpose(inputGradients: true))
    #expect(run.outputs == [[3], [0]])
    #expect(run.dInputs == [[[0, 5, 0, 0], [0, 0, 7, 0]]])
  }

  @Test(arguments: [PoolingWindow.square(2), window(WindowAxis(kernel: 2, stride: 2, after: 1))])
  func aWindowWithANaNGivesNaN(_ window: PoolingWindow) throws {
    for place in 0..<4 {
      var image: [Float] = [1, .infinity, 3, 4]
      image[place] = .nan
      let run = try LayerRun(
        .maxPooling(MaxPooling(window)), inputs: [[image]], shapes: [[1, 2, 2]], parameters: [],
        dOutputs: [[1]], purpose: PlanPurpose(inputGradients: true))
      #expect(run.outputs[0][0].isNaN, "NaN at \(place)")
      #expect(run.dInputs[0][0].reduce(0, +) == 1, "the gradient arrives somewhere")
      let forwardOnly = try LayerRun(
        .maxPooling(MaxPooling(window)), inputs: [[image]], shapes: [[1, 2, 2]], parameters: [],
        dOutputs: [[1]], purpose: PlanPurpose())
      #expect(forwardOnly.outputs[0][0].isNaN, "NaN at \(place), winners not kept")
    }
  }

  @Test(arguments: windows.indices)
  func theWinnersNeedNotBeKept(_ index: Int) throws {
    let (name, shape, window) = Self.windows[index]
    var random = SplitMix(seed: 4)
    let image = TestValues.distinct().make(shape.count, &random)
    let operation = Operation.maxPooling(MaxPooling(window))
    let output = try operation.layer.outputShape(inputs: [shape], parameters: [])
    let run = try LayerRun(
      operation, inputs: [[image]], shapes: [shape], parameters: [],
      dOutputs: [Array(repeating: 0, count: output.count)], purpose: PlanPurpose())
    let expected = Self.pooled(PlainArray(shape.axes, image.map(Double.init)), window) { taps in
      taps.compactMap(\.self).max() ?? -.infinity
    }
    #expect(run.outputs[0].map(Double.init) == expected.values, "\(name)")
  }

  @Test(arguments: [
    (WindowAxis(kernel: 0), ShapeError.impossible(setting: "kernel", value: 0)),
    (WindowAxis(kernel: 2, stride: 0), .impossible(setting: "stride", value: 0)),
    (WindowAxis(kernel: 2, before: 2), .impossible(setting: "padding", value: 2)),
    (WindowAxis(kernel: 3, dilation: 2), .windowTooLarge(window: 5, available: 4, axis: 2)),
  ])
  func impossibleWindowsAreRefused(_ axis: WindowAxis, _ error: ShapeError) {
    #expect(throws: error) {
      try MaxPooling(PoolingWindow(horizontal: axis)).outputShape(
        inputs: [[1, 4, 4]], parameters: [])
    }
  }

  private static func window(_ axis: WindowAxis) -> PoolingWindow {
    PoolingWindow(vertical: axis, horizontal: axis)
  }

  /// The windows' taps, nothing for those in the padding; what hangs over the padded end is left out.
  private static func pooled(
    _ x: PlainArray, _ window: PoolingWindow, _ function: ([Double?]) -> Double
  ) -> PlainArray {
    let height = x.shape.count == 3 ? x.shape[1] : 1
    let width = x.shape.last!
    let rows = places(window.vertical, height)
    let columns = places(window.horizontal, width)
    let flat = PlainArray([x.shape[0], height, width], x.values)
    let values = (0..<x.shape[0]).flatMap { c in
      rows.flatMap { ys in
        columns.map { xs in
          function(
            ys.flatMap { y in
              xs.map { x in
                (0..<height).contains(y) && (0..<width).contains(x) ? flat[c, y, x] : nil
              }
            })
        }
      }
    }
    let axes = x.shape.count == 3 ? [rows.count, columns.count] : [columns.count]
    return PlainArray([x.shape[0]] + axes, values)
  }

  /// The places of each window's taps along an axis, window by window until they run out.
  private static func places(_ axis: WindowAxis, _ length: Int) -> [[Int]] {
    var windows: [[Int]] = []
    var start = -axis.before
    while true {
      let taps = (0..<axis.kernel).map { start + $0 * axis.dilation }
      if axis.roundsUp {
        guard start < length,
          start - axis.stride + (axis.kernel - 1) * axis.dilation
            < length + axis.after - 1 || windows.isEmpty
        else { break }
      } else {
        guard taps.last! < length + axis.after else { break }
      }
      windows.append(taps.filter { $0 < length + axis.after })
      start += axis.stride
    }
    return windows
  }

  private static func planes(_ x: PlainArray, _ function: ([Double]) -> Double) -> PlainArray {
    let plane = x.values.count / x.shape[0]
    return PlainArray(
      [x.shape[0]] + x.shape.dropFirst().map { _ in 1 },
      (0..<x.shape[0]).map { function(Array(x.values[$0 * plane..<($0 + 1) * plane])) })
  }
}
