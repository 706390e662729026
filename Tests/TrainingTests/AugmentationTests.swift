import Tensors
import Testing

@testable import Training

@Suite("Augmentation")
struct AugmentationTests {
  private let shape: Shape = [2, 9, 12]

  private var sample: [Float] {
    (0..<shape.count).map { Float(($0 * 37) % 101) / 100 }
  }

  private func augmented(
    _ augmentation: Augmentation, stream: UInt32 = 1, _ values: [Float]? = nil
  ) -> [Float] {
    // In the middle of something larger, whose rest must stay.
    var memory = [7, 7] + (values ?? sample) + [7]
    var random = CounterRandom(seed: 3, stream)
    Augmenter(augmentation, shape: shape).apply(to: &memory, at: 2, random: &random)
    #expect(memory.prefix(2) == [7, 7] && memory.last == 7)
    return Array(memory.dropFirst(2).dropLast())
  }

  @Test(
    "every change changes something, by itself and the same way again",
    arguments: AugmentationKind.allCases)
  func changes(_ kind: AugmentationKind) {
    var augmentation = Augmentation()
    augmentation[kind] = kind == .erase || kind == .invert ? 1 : kind.usualStrength
    let first = augmented(augmentation)
    #expect(first != sample)
    #expect(first == augmented(augmentation))
    #expect(first.allSatisfy { (0...1).contains($0) })
    #expect(first != augmented(augmentation, stream: 2) || kind == .invert)
  }

  @Test(
    "a picture of one grey stays it under every move",
    arguments: [
      AugmentationKind.shift, .rotate, .scale, .shear, .elastic, .blur,
    ])
  func movesKeepGrey(_ kind: AugmentationKind) {
    var augmentation = Augmentation()
    augmentation[kind] = kind.usualStrength
    let grey = Array(repeating: Float(0.25), count: shape.count)
    for value in augmented(augmentation, grey) { #expect(abs(value - 0.25) < 1e-6) }
  }

  @Test("the affine map turns about the middle and shifts by whole pixels exactly")
  func affine() {
    let warp = Warp(height: 9, width: 9)
    var point = Array(repeating: Float(0), count: 81)
    point[2 * 9 + 4] = 1
    var turned = point
    warp.apply(
      AffineMap(
        scaleX: 1, scaleY: 1, angle: .pi / 2, shear: 0, shiftX: 0, shiftY: 0, height: 9, width: 9),
      isElastic: false, from: point, to: &turned, at: 0, channels: 1)
    #expect(abs(max(turned[4 * 9 + 2], turned[4 * 9 + 6]) - 1) < 1e-5)
    var shifted = point
    warp.apply(
      AffineMap(
        scaleX: 1, scaleY: 1, angle: 0, shear: 0, shiftX: 2, shiftY: -1, height: 9, width: 9),
      isElastic: false, from: point, to: &shifted, at: 0, channels: 1)
    #expect(shifted[1 * 9 + 6] == 1)
  }
}
