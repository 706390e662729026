import Synchronization

/// The settings of one method, parsed, checked and completed with defaults.
public struct MethodSettings: Sendable {
  public let method: String
  private let values: [String: SettingValue]
  private let reads = ReadLog()

  /// Which settings were looked at. A method asks for what it goes by, so the others, such as the
  /// blur of a black baseline, did not matter.
  private final class ReadLog: Sendable {
    let names = Mutex<Set<String>>([])
  }

  init(method: String, values: [String: SettingValue]) {
    self.method = method
    self.values = values
  }

  /// Whether the setting has a value: given, or by default.
  public func has(_ name: String) -> Bool { values[name] != nil }

  /// Whether the method was made by looking at the setting's value.
  func wasRead(_ name: String) -> Bool { reads.names.withLock { $0.contains(name) } }

  /// The value of a setting that is true or false. Like the others of its kind, it takes for granted
  /// that the method's description has the setting, with a value of that kind.
  public func flag(_ name: String) -> Bool {
    guard case .flag(let value) = value(name) else { return missing(name) }
    return value
  }

  /// The value of a setting that is a whole number.
  public func integer(_ name: String) -> Int {
    guard case .integer(let value) = value(name) else { return missing(name) }
    return value
  }

  /// The value of a setting that is a number.
  public func number(_ name: String) -> Double {
    guard case .number(let value) = value(name) else { return missing(name) }
    return value
  }

  /// The value of a setting that is a word.
  public func word(_ name: String) -> String {
    guard case .word(let value) = value(name) else { return missing(name) }
    return value
  }

  private func value(_ name: String) -> SettingValue? {
    reads.names.withLock { _ = $0.insert(name) }
    return values[name]
  }

  private func missing<T>(_ name: String) -> T {
    preconditionFailure("\(method) reads the setting \(name), which its description does not give")
  }
}
