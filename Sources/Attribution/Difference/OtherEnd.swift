/// Where the values at the other end of a difference are found.
enum OtherEnd: Sendable, Hashable {
  /// In the reference workspace, lane by lane: DeepLIFT's baseline.
  case reference

  /// In the same workspace, so many lanes further: neighbours on a path. A difference costs no
  /// forward pass of its own then. The last lanes have no neighbour; what is computed there is
  /// finite and means nothing.
  case lane(shift: Int)
}
