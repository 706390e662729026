/// A place on a picture, in pixels from its top left corner; the centre of the first pixel is
/// (0.5, 0.5).
public struct Point: Sendable, Hashable {
  public var x: Double
  public var y: Double

  public init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }
}
