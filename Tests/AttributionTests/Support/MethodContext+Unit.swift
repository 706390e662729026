import Attribution

extension MethodContext {
  /// A context for one-channel inputs from 0 to 1.
  static func unit(_ name: String, seed: UInt64 = 1) -> MethodContext {
    MethodContext(seed: seed, space: .unit(channels: 1), name: name, settings: [])
  }
}
