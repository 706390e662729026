/// The value of a method's setting.
public enum SettingValue: Sendable, Hashable {
  case flag(Bool)
  case integer(Int)
  case number(Double)
  case word(String)
}

extension SettingValue: CustomStringConvertible {
  /// As it is written in a method specification.
  public var description: String {
    switch self {
    case .flag(let value): value ? "true" : "false"
    case .integer(let value): String(value)
    case .number(let value): String(value)
    case .word(let value): value
    }
  }
}
