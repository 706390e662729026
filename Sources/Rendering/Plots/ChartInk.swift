import Imaging

/// The colours of a chart by what they are for.
///
/// Blue and orange, a little dark, can be told apart by colour-blind people and in print.
public enum ChartInk: Sendable, Hashable, CaseIterable {
  case paper

  /// Text.
  case ink

  /// Text of second rank, and marks that others are compared with.
  case faint

  /// The grid.
  case line

  /// The first and the second series.
  case first
  case second

  /// The colour on white.
  var color: Color {
    switch self {
    case .paper: Color(red: 0xff, green: 0xff, blue: 0xff)
    case .ink: Color(red: 0x1d, green: 0x1f, blue: 0x23)
    case .faint: Color(red: 0x62, green: 0x66, blue: 0x6d)
    case .line: Color(red: 0xd9, green: 0xda, blue: 0xdb)
    case .first: Color(red: 0x1f, green: 0x5f, blue: 0xa8)
    case .second: Color(red: 0xc8, green: 0x5a, blue: 0x11)
    }
  }

  /// The variable of a page's style (see ``HTMLDocument/commonStyle``) that has the colour in light
  /// and in dark.
  var variable: String {
    switch self {
    case .paper: "--sheet"
    case .ink: "--ink"
    case .faint: "--faint"
    case .line: "--line"
    case .first: "--accent"
    case .second: "--warn"
    }
  }
}
