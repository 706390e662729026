public import Segmentation

/// A method with its settings, as people write it: `integrated-gradients:steps=50:baseline=white`.
public struct MethodSpecification: Sendable {
  public let description: MethodDescription

  /// What was given, and the defaults that the method goes by.
  public let settings: [AttributionRecord.Setting]
  public let method: AnyMethod

  /// Reads a specification; settings that it does not mention have their defaults.
  public init(_ text: String) throws(MethodError) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    let description = try MethodCatalogue.description(named: parts[0])
    var values: [String: SettingValue] = [:]
    for part in parts.dropFirst() {
      let (setting, value) = try Self.setting(part, description)
      guard values.updateValue(value, forKey: setting.name) == nil else {
        throw MethodError.repeatedSetting(method: description.name, setting: setting.name)
      }
    }
    let given = Set(values.keys)
    for setting in description.settings where values[setting.name] == nil {
      values[setting.name] = setting.defaultValue
    }
    let complete = MethodSettings(method: description.name, values: values)
    self.description = description
    method = try description.make(complete)
    settings = description.settings.compactMap { setting in
      guard given.contains(setting.name) || complete.wasRead(setting.name) else { return nil }
      return values[setting.name].map { AttributionRecord.Setting(setting.name, $0) }
    }
  }

  private static func setting(
    _ text: String, _ description: MethodDescription
  ) throws(MethodError) -> (SettingDescription, SettingValue) {
    guard let equals = text.firstIndex(of: "=") else {
      throw .notASetting(method: description.name, text: text)
    }
    let name = String(text[..<equals])
    guard let setting = description.settings.first(where: { $0.name == name }) else {
      throw .unknownSetting(
        method: description.name, setting: name, known: description.settings.map(\.name))
    }
    let value = String(text[text.index(after: equals)...])
    return (setting, try setting.value(of: value, method: description.name))
  }

  /// Finds out, before there is an input, why the method cannot be used.
  ///
  /// - Parameters:
  ///   - target: a target of the kind that is to be explained.
  ///   - labelMap: the segments that `segmenter=given` will switch. One of the input's size counts as
  ///     what every image shows; of one of another size only its being there counts.
  public func check(
    _ model: NetworkModel, explaining target: Target, baselines: [[Float]] = [],
    labelMap: LabelMap? = nil
  ) throws(MethodError) {
    let context = context(model, seed: 0, baselines, labelMap)
    try method.method.check(MethodQuestion(model, explaining: target, context: context))
  }

  /// Explains the subjects; maps come in their order.
  ///
  /// - Parameters:
  ///   - baselines: the inputs that `baseline=given` compares with.
  ///   - labelMap: the segments that `segmenter=given` switches.
  public func attribute(
    _ subjects: [Subject], on session: NetworkSession, seed: UInt64, baselines: [[Float]] = [],
    labelMap: LabelMap? = nil
  ) throws -> [Attribution] {
    let context = context(session.model, seed: seed, baselines, labelMap)
    switch method {
    case .scores(let method):
      return try method.attribute(subjects, on: session, context: context)
    case .gradients(let method):
      return try method.attribute(subjects, on: session, context: context)
    case .graph(let method):
      return try method.attribute(subjects, on: session, context: context)
    }
  }

  private func context(
    _ model: NetworkModel, seed: UInt64, _ baselines: [[Float]], _ labelMap: LabelMap?
  ) -> MethodContext {
    MethodContext(
      seed: seed, space: model.space, name: description.name, settings: settings,
      baselines: baselines, labelMap: labelMap)
  }
}
