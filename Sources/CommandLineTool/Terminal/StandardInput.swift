import Glibc
import Synchronization

/// Where lines come from.
public protocol LineSource: Sendable {
  /// What has come in, at most so many lines; waits for the first. None at the end.
  func take(_ most: Int) -> [String]

  /// The error number of what ended the lines before their end, if something did.
  var failure: Int32? { get }
}

/// The lines of standard input, as soon as they are there: whoever writes one and waits for its
/// answer gets it.
public final class StandardInput: LineSource {
  private struct State {
    var bytes: [UInt8] = []

    /// Where in them the next line begins.
    var start = 0
    var isAtEnd = false
    var failure: Int32?
  }

  private let state = Mutex(State())

  public init() {}

  public var failure: Int32? { state.withLock { $0.failure } }

  public func take(_ most: Int) -> [String] {
    state.withLock { state in
      var lines: [String] = []
      while lines.count < most {
        if let end = state.bytes[state.start...].firstIndex(of: UInt8(ascii: "\n")) {
          append(state.bytes[state.start..<end], to: &lines)
          state.start = end + 1
        } else if state.isAtEnd {
          append(state.bytes[state.start...], to: &lines)
          (state.bytes, state.start) = ([], 0)
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
    switch (count, errno) {
    case (1..., _):
      state.bytes = Array(state.bytes[state.start...]) + portion[..<count]
      state.start = 0
    case (0, _):
      state.isAtEnd = true
    case (_, EINTR):
      break
    case (_, EAGAIN):
      // Whoever gave us this end of a pipe does not want to wait for it; we do.
      var input = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
      unsafe poll(&input, 1, -1)
    case (_, let number):
      (state.isAtEnd, state.failure) = (true, number)
    }
  }
}
