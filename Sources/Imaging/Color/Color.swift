/// A colour of 8 bits a channel, not multiplied by its alpha.
public struct Color: Sendable, Hashable {
  public var red: UInt8
  public var green: UInt8
  public var blue: UInt8
  public var alpha: UInt8

  public init(red: UInt8, green: UInt8, blue: UInt8, alpha: UInt8 = 255) {
    self.red = red
    self.green = green
    self.blue = blue
    self.alpha = alpha
  }

  public init(grey: UInt8, alpha: UInt8 = 255) {
    self.init(red: grey, green: grey, blue: grey, alpha: alpha)
  }

  public static let black = Color(grey: 0)
  public static let white = Color(grey: 255)
  public static let clear = Color(grey: 0, alpha: 0)
}

/// Rec. 601 luma of gamma-encoded values, as Pillow's `convert("L")` computes it: the weights 0.299,
/// 0.587 and 0.114 in units of 1/65536 (19595, 38470 and 7471, which add up to one exactly), the sum
/// rounded to the nearest level, halves up.
@inline(__always)
func luma(red: Int, green: Int, blue: Int) -> Int {
  (red * 19595 + green * 38470 + blue * 7471 + 32768) >> 16
}
