/// JSON written by hand: `JSONEncoder` takes ten times as long and sorts keys its own way.
public enum JSONText {
  /// A string, in quotes.
  public static func string(_ text: String) -> String {
    // Most texts stand for themselves.
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") })
    {
      return "\"" + text + "\""
    }
    return quoted(text) { $0.value < 0x20 }
  }

  /// A string that can stand inside `<script>`: nothing in it ends the element.
  public static func scriptString(_ text: String) -> String {
    quoted(text) { scalar in
      switch scalar {
      case "\u{0}"..<"\u{20}", "<", ">", "&", "\u{2028}", "\u{2029}": true
      default: false
      }
    }
  }

  private static func quoted(
    _ text: String, escaping isEscaped: (Unicode.Scalar) -> Bool
  ) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case _ where isEscaped(scalar):
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  /// A number as short as reads back the same; JSON has none for infinities and NaN.
  public static func number(_ value: Double) -> String { value.isFinite ? "\(value)" : "null" }

  /// A number of single precision, which is shorter.
  public static func number(_ value: Float) -> String { value.isFinite ? "\(value)" : "null" }

  /// A list of values that are JSON already.
  public static func list(_ values: some Sequence<String>) -> String {
    "[" + values.joined(separator: ", ") + "]"
  }

  /// An object of values that are JSON already, in this order; those that are nothing are left out.
  public static func object(_ members: [(key: String, value: String?)]) -> String {
    let written = members.compactMap { member in
      member.value.map { string(member.key) + ": " + $0 }
    }
    return "{" + written.joined(separator: ", ") + "}"
  }
}
