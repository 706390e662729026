public import Imaging

extension ImageText {
  /// What the record in a PNG is called: by it searches and later runs know what a run drew.
  static let ownKeyword = "whylight"

  /// The record of how a PNG was drawn, which all that runs draw have.
  public init(record json: String) { self.init(keyword: Self.ownKeyword, text: json) }
}
