import Synchronization

/// The settings of one method, parsed, checked and completed with defaults.
public struct MethodSettings: Sendable {
  public let method: String
  private let values: [String: SettingValue]
  private let looks = Looks()

  /// Which settings were looked at. A method asks for what it goes by, so the others, such as the
  /// blur of a black baseline, did not matter.
  private final class Looks: Sendable {
    let names = Mutex<Set<String>>([])
  }

  init(method: String, values: [String: SettingValue]) {
    self.method = method
    self.values = values
  }

  /// Whether the setting has a value: given, or by default.
  public func has(_ name: String) -> Bool { values[name] != nil }

  /// Whether the method was made by looking at the setting's value.
  func wasRead(_ name: String) -> Bool { looks.names.withLock { $0.contains(name) } }

  public func flag(_ name: String) -> Bool {
    guard case .flag(let value) = value(name) else { return missing(name) }
    return value
  }

  public func integer(_ name: String) -> Int {
    guard case .integer(let value) = value(name) else { return missing(name) }
    return value
  }

  public func number(_ name: String) -> Double {
    guard case .number(let value) = value(name) else { return missing(name) }
    return value
  }

  public func word(_ name: String) -> String {
    guard case .word(let value) = value(name) else { return missing(name) }
    return value
  }

  private func value(_ name: String) -> SettingValue? {
    looks.names.withLock { _ = $0.insert(name) }
    return values[name]
  }

  private func missing<T>(_ name: String) -> T {
    preconditionFailure("\(method) reads the setting \(name), which its description does not give")
  }
}
