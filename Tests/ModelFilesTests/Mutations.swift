/// A splitmix sequence of changes.
struct Mutations {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  private mutating func next(_ bound: Int) -> Int {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return Int((z ^ (z >> 31)) % UInt64(bound))
  }

  mutating func mutate(_ original: [UInt8]) -> [UInt8] {
    var bytes = original
    for _ in 0...next(4) where !bytes.isEmpty {
      let place = next(bytes.count)
      switch next(6) {
      case 0: bytes[place] ^= 1 << UInt8(next(8))
      case 1: bytes[place] = UInt8(next(256))
      case 2: bytes.removeSubrange(place..<min(bytes.count, place + 1 + next(16)))
      case 3:
        let run = bytes[place..<min(bytes.count, place + 1 + next(64))]
        bytes.insert(contentsOf: Array(run), at: next(bytes.count))
      case 4: bytes.replaceSubrange(place..<place + 1, with: [0xff, 0xff, 0xff, 0xff, 0x7f])
      default: bytes.removeSubrange(place...)
      }
    }
    return bytes
  }
}
