/// The settings of one method, parsed, checked and completed with defaults.
public struct MethodSettings: Sendable {
  public let method: String
  private let values: [String: SettingValue]

  init(method: String, values: [String: SettingValue]) {
    self.method = method
    self.values = values
  }

  /// Whether the setting has a value: given, or by default.
  public func has(_ name: String) -> Bool { values[name] != nil }

  public func flag(_ name: String) -> Bool {
    guard case .flag(let value) = values[name] else { return missing(name) }
    return value
  }

  public func integer(_ name: String) -> Int {
    guard case .integer(let value) = values[name] else { return missing(name) }
    return value
  }

  public func number(_ name: String) -> Double {
    guard case .number(let value) = values[name] else { return missing(name) }
    return value
  }

  public func word(_ name: String) -> String {
    guard case .word(let value) = values[name] else { return missing(name) }
    return value
  }

  private func missing<T>(_ name: String) -> T {
    preconditionFailure("\(method) reads the setting \(name), which its description does not give")
  }
}
