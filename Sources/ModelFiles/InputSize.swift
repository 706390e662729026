/// How large the pictures are that a model takes.
public struct InputSize: Hashable, Sendable {
  public let rows: Int
  public let columns: Int

  public init(rows: Int, columns: Int) {
    precondition(rows > 0 && columns > 0, "\(columns)x\(rows)")
    self.rows = rows
    self.columns = columns
  }

  /// What most classifiers were trained with, and what is assumed where nobody says.
  static let common = InputSize(rows: 224, columns: 224)
}

extension InputSize: LosslessStringConvertible {
  /// Width first, as people say it: `640x480`.
  public init?(_ description: String) {
    let parts = description.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let columns = parts[0], let rows = parts[1],
      1...65_535 ~= columns, 1...65_535 ~= rows
    else { return nil }
    self.init(rows: rows, columns: columns)
  }

  public var description: String { "\(columns)x\(rows)" }
}
