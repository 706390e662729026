#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

// `read` and `write` under names that do not collide with methods of ours.

/// Reads at most `count` bytes; -1 leaves the reason in `errno`.
func systemRead(_ descriptor: Int32, _ room: UnsafeMutableRawPointer, _ count: Int) -> Int {
  unsafe read(descriptor, room, count)
}

/// Writes at most `count` bytes; -1 leaves the reason in `errno`.
func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int {
  unsafe write(descriptor, bytes, count)
}
