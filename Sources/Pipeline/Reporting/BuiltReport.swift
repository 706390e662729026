/// A page that was written.
public struct BuiltReport: Sendable {
  public let path: String

  /// How many images it shows.
  public let images: Int

  /// How many lines of the records could not be read.
  public let damagedRecords: Int
}
