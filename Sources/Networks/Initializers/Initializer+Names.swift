extension Initializer {
  /// The initialisers that can be asked for by name, with their usual settings.
  public static let named: [String: Initializer] = [
    "glorot-normal": .glorotNormal,
    "glorot-uniform": .glorotUniform,
    "he-normal": .heNormal(.input),
    "he-normal-fan-out": .heNormal(.output),
    "he-uniform": .heUniform(.input),
    "he-uniform-fan-out": .heUniform(.output),
    "lecun-normal": .leCunNormal,
    "lecun-uniform": .leCunUniform,
    "normal": .normal(),
    "ones": .constant(1),
    "orthogonal": .orthogonal(),
    "uniform": .uniform(),
    "zeros": .zeros,
  ]
}
