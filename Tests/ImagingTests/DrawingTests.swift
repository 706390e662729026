import Imaging
import TestSupport
import Testing

@Suite struct DrawingTests {
  /// Draws in white on black and gives back how much of each pixel was covered.
  private func coverage(_ width: Int, _ height: Int, _ draw: (inout Canvas) -> Void) -> [Float] {
    var canvas = Canvas(width: width, height: height, layout: .grey, color: .black)
    draw(&canvas)
    guard case .eight(let values) = canvas.image.samples else { return [] }
    return values.map { Float($0) / 255 }
  }

  @Test func aRectangleBetweenPixelsCoversThemInPart() {
    let covered = coverage(4, 3) {
      $0.fill(left: 0.5, top: 1, width: 2.75, height: 1.2, color: .white)
    }
    expectClose(
      covered, [0, 0, 0, 0, 0.5, 1, 1, 0.25, 0.1, 0.2, 0.2, 0.05], absolute: 0.51 / 255)
  }

  /// Corners as x, y, x, y, and the area inside that lies on a canvas of 20 by 20.
  static let polygons: [(corners: [Double], area: Double)] = [
    ([1, 1, 19, 4, 6, 17], 136.5),
    ([2, 2, 2, 18, 18, 18, 18, 2], 256),
    ([10.3, 2, 10.7, 2, 10.7, 18, 10.3, 18], 6.4),
    // Half of each lies outside the canvas.
    ([-8, 4, 8, 4, 8, 14, -8, 14], 80),
    ([10, -10, 20, 0, 10, 10, 0, 0], 100),
    ([20, 0, 30, 10, 20, 20, 10, 10], 100),
    ([0, 0, 10, 10, 0, 20, -10, 10], 100),
  ]

  @Test(arguments: polygons)
  func aPolygonCoversItsArea(corners: [Double], area: Double) {
    let points = stride(from: 0, to: corners.count, by: 2).map {
      Point(x: corners[$0], y: corners[$0 + 1])
    }
    for polygon in [points, points.reversed()] {
      let covered = coverage(20, 20) { $0.fill(polygon: polygon, color: .white) }
      // Every partly covered pixel is rounded to a level.
      expectClose([covered.reduce(0, +)], [area], absolute: 60 * 0.5 / 255)
    }
  }

  @Test func aShapeWoundTwiceIsStillOnlyFull() {
    let square = [Point(x: 1, y: 1), Point(x: 3, y: 1), Point(x: 3, y: 3), Point(x: 1, y: 3)]
    let covered = coverage(4, 4) { $0.fill(polygon: square + square, color: .white) }
    #expect(covered.reduce(0, +) == 4)
  }

  @Test func aStraightStrokeIsAsWideAsThePen() {
    let covered = coverage(9, 5) {
      $0.stroke([Point(x: -5, y: 2.5), Point(x: 15, y: 2.5)], width: 2, color: .white)
    }
    let column = [0, 0.5, 1, 0.5, 0]
    expectClose(covered, column.flatMap { Array(repeating: $0, count: 9) }, absolute: 0.51 / 255)
  }

  @Test func aStrokeOfOnePointIsADot() {
    let covered = coverage(21, 21) {
      $0.stroke([Point(x: 10.5, y: 10.5)], width: 16, color: .white)
    }
    expectClose([covered.reduce(0, +)], [Double.pi * 64], relative: 0.005)
  }

  @Test func aStrokeThatCrossesItselfIsNotDarker() {
    let half = Color(grey: 255, alpha: 128)
    let covered = coverage(11, 11) {
      $0.stroke(
        [Point(x: 1, y: 5.5), Point(x: 10, y: 5.5), Point(x: 1, y: 5.5)], width: 3, color: half)
    }
    expectClose([covered.max() ?? 0], [128.0 / 255], absolute: 0.51 / 255)
  }

  @Test func drawingOnAlphaKeepsColourStraight() {
    var canvas = Canvas(width: 1, height: 1, layout: .rgba, color: .clear)
    canvas.fill(
      left: 0, top: 0, width: 1, height: 1, color: Color(red: 200, green: 100, blue: 0, alpha: 51))
    #expect(canvas.image.samples == .eight([200, 100, 0, 51]))
    canvas.fill(left: 0, top: 0, width: 1, height: 0.5, color: .black)
    // Half black over a fifth: 0.6 in all, of which a sixth is the colour.
    #expect(canvas.image.samples == .eight([33, 17, 0, 153]))
  }

  @Test func aPictureIsLaidThroughItsAlphaAndCutAtTheEdge() {
    var canvas = Canvas(width: 2, height: 1, layout: .rgb, color: .white)
    let picture = Image(
      width: 2, height: 2, layout: .greyAlpha, samples: .eight([9, 9, 9, 9, 0, 0, 55, 102]))
    canvas.draw(picture, left: 0, top: -1)
    #expect(canvas.image.samples == .eight([255, 255, 255, 175, 175, 175]))
    canvas.draw(picture, left: 5, top: 0)
    #expect(canvas.image.samples == .eight([255, 255, 255, 175, 175, 175]))
  }

  @Test func anOpaquePictureReplacesWhatLiesUnderIt() {
    var canvas = Canvas(width: 3, height: 2, layout: .rgb, color: .black)
    let picture = Image(width: 2, height: 2, layout: .grey, samples: .eight([1, 2, 3, 4]))
    canvas.draw(picture, left: 2, top: 0)
    canvas.draw(picture, left: -1, top: 1)
    #expect(
      canvas.image.converted(to: .grey).samples == .eight([0, 0, 1, 2, 0, 3]))
  }
}
