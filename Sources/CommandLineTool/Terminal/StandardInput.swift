import Glibc
import Synchronization

/// Where lines come from.
public protocol LineSource: Sendable {
  /// What has come in, at most so many lines; waits for the first. None at the end.
  func take(_ most: Int) -> [String]
}

/// The lines of standard input, as soon as they are there: whoever writes one and waits for its
/// answer gets it.
public final class StandardInput: LineSource {
  private struct State {
    var bytes: [UInt8] = []
    var isAtEnd = false
  }

  private let state = Mutex(State())

  public init() {}

  public func take(_ most: Int) -> [String] {
    state.withLock { state in
      var lines: [String] = []
      while lines.count < most {
        if let end = state.bytes.firstIndex(of: UInt8(ascii: "\n")) {
          append(state.bytes[..<end], to: &lines)
          state.bytes.removeSubrange(...end)
        } else if state.isAtEnd {
          append(state.bytes[...], to: &lines)
          state.bytes = []
          break
        } else if lines.isEmpty {
          read(into: &state)
        } else {
          break
        }
      }
      return lines
    }
  }

  /// Empty lines are nothing; a carriage return at the end is not part of a path.
  private func append(_ bytes: ArraySlice<UInt8>, to lines: inout [String]) {
    let line = bytes.last == UInt8(ascii: "\r") ? bytes.dropLast() : bytes
    if !line.isEmpty { lines.append(String(decoding: line, as: UTF8.self)) }
  }

  private func read(into state: inout State) {
    var portion = [UInt8](repeating: 0, count: 65_536)
    let count = unsafe portion.withUnsafeMutableBytes { buffer in
      unsafe Glibc.read(0, buffer.baseAddress, buffer.count)
    }
    if count > 0 {
      state.bytes += portion[..<count]
    } else if count == 0 || errno != EINTR {
      state.isAtEnd = true
    }
  }
}
