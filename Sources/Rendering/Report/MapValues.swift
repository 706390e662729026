/// The numbers of an image's maps as the page reads them: on the grid of the model's input, so that
/// the value under the pointer is a value of the map and not one that drawing made or left out.
public struct MapValues: Sendable {
  public var width: Int
  public var height: Int

  /// From the picture to the grid, both running from 0 to 1: `x' = a·x + b·y + c`,
  /// `y' = d·x + e·y + f`. Points that fall outside were not seen by the model.
  public var placement: [Double]

  /// Each method's values, row by row, summed over the channels.
  public var maps: [[Float]]

  public init(width: Int, height: Int, placement: [Double], maps: [[Float]]) {
    precondition(placement.count == 6, "a placement has 6 numbers, not \(placement.count)")
    precondition(
      maps.allSatisfy { $0.count == width * height },
      "maps of \(maps.map(\.count)) values on a grid of \(width)x\(height)")
    self.width = width
    self.height = height
    self.placement = placement
    self.maps = maps
  }

  /// As JSON. A value is kept to one part in 32,767 of the map's largest: half the size of floats,
  /// and finer than a reader's question.
  public var json: String {
    let placement = placement.map { "\($0)" }.joined(separator: ",")
    let maps = maps.map(Self.json).joined(separator: ",")
    return #"{"width":\#(width),"height":\#(height),"place":[\#(placement)],"maps":[\#(maps)]}"#
  }

  private static func json(_ values: [Float]) -> String {
    let largest = values.lazy.filter(\.isFinite).map { abs($0) }.max() ?? 0
    let unit = largest > 0 ? largest / 32767 : 1
    var bytes: [UInt8] = []
    bytes.reserveCapacity(2 * values.count)
    for value in values {
      // A value that is no number gets the one integer that no number gets.
      let level = value.isFinite ? Int16((value / unit).rounded()) : Int16.min
      bytes.append(UInt8(truncatingIfNeeded: level))
      bytes.append(UInt8(truncatingIfNeeded: level >> 8))
    }
    return #"{"unit":\#(unit),"levels":"\#(Base64.encode(bytes))"}"#
  }
}
