import Glibc
import Paths
import Synchronization

/// The paths on standard input, as soon as they are there: whoever writes one and waits for its
/// answer gets it.
///
/// A path ends with its line, or with a NUL byte (`find -print0`). Where a NUL comes before any end
/// of a line, only NUL ends paths, which may then be of several lines.
public final class StandardInput: LineSource {
  private struct State {
    var bytes: [UInt8] = []

    /// Where in them the next path begins, and up to where it is known not to end.
    var start = 0
    var searched = 0

    /// Whether lines are paths; unknown before the first has ended.
    var hasLines: Bool?
    var isAtEnd = false
    var failure: LineFailure?
  }

  private static let newline = UInt8(ascii: "\n")

  /// Far more than the system takes.
  private static let longestPath = 65_536

  private let descriptor: Int32
  private let state = Mutex(State())

  public convenience init() { self.init(descriptor: 0) }

  init(descriptor: Int32) { self.descriptor = descriptor }

  public var failure: LineFailure? { state.withLock { $0.failure } }

  public func take(_ most: Int) -> [String] {
    state.withLock { state in
      var paths: [String] = []
      while paths.count < most {
        if let end = Self.nextEnd(&state) {
          Self.append(state.bytes[state.start..<end], of: state, to: &paths)
          state.start = end + 1
          state.searched = end + 1
        } else if state.isAtEnd {
          if state.failure == nil {
            Self.append(state.bytes[state.start...], of: state, to: &paths)
          }
          (state.bytes, state.start, state.searched) = ([], 0, 0)
          break
        } else if state.bytes.count - state.start > Self.longestPath {
          (state.isAtEnd, state.failure) = (true, .endless(limit: Self.longestPath))
        } else if paths.isEmpty {
          read(into: &state)
        } else {
          break
        }
      }
      return paths
    }
  }

  /// Where the next path ends, if it has.
  private static func nextEnd(_ state: inout State) -> Int? {
    let end = state.bytes[state.searched...].firstIndex {
      $0 == 0 || $0 == newline && state.hasLines != false
    }
    state.searched = end ?? state.bytes.count
    if let end, state.hasLines == nil { state.hasLines = state.bytes[end] == newline }
    return end
  }

  /// Empty paths are nothing; a carriage return at the end of a line is not part of a path.
  private static func append(
    _ bytes: ArraySlice<UInt8>, of state: State, to paths: inout [String]
  ) {
    let hasReturn = state.hasLines != false && bytes.last == UInt8(ascii: "\r")
    let path = hasReturn ? bytes.dropLast() : bytes
    if !path.isEmpty { paths.append(String(pathBytes: path)) }
  }

  private func read(into state: inout State) {
    var portion = [UInt8](repeating: 0, count: 65_536)
    let count = unsafe portion.withUnsafeMutableBytes { buffer in
      unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
    }
    switch (count, errno) {
    case (1..., _):
      state.bytes.removeSubrange(..<state.start)
      state.bytes += portion[..<count]
      (state.start, state.searched) = (0, state.searched - state.start)
    case (0, _):
      state.isAtEnd = true
    case (_, EINTR):
      break
    case (_, EAGAIN):
      // Whoever gave us this end of a pipe does not want to wait for it; we do.
      var input = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      unsafe poll(&input, 1, -1)
    case (_, let number):
      (state.isAtEnd, state.failure) = (true, .cannotRead(systemError: number))
    }
  }
}
