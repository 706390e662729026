import Glibc
import Synchronization

/// Text to an open file: standard output or standard error.
public final class FileDescriptorSink: TextSink {
  private let descriptor: Int32
  private let firstFailure = Mutex<Int32?>(nil)

  /// Standard output.
  public static let standardOutput = FileDescriptorSink(descriptor: 1)

  /// Standard error.
  public static let standardError = FileDescriptorSink(descriptor: 2)

  private init(descriptor: Int32) { self.descriptor = descriptor }

  public var failure: Int32? { firstFailure.withLock { $0 } }

  public var isTerminal: Bool { isatty(descriptor) == 1 }

  public var columns: Int? {
    var size = winsize()
    guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
      return nil
    }
    return Int(size.ws_col)
  }

  /// Writes all of it. Nobody reading any more (`| head`) asks the run to stop; any other failure
  /// loses the text and is kept for the end of the run.
  public func write(_ text: String) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let written = unsafe bytes.withUnsafeBytes { buffer in
        unsafe Glibc.write(descriptor, buffer.baseAddress, buffer.count)
      }
      if written > 0 {
        bytes = bytes.dropFirst(written)
      } else if errno == EPIPE {
        return Interruption.outputWasClosed()
      } else if errno != EINTR {
        let number = errno
        return firstFailure.withLock { $0 = $0 ?? number }
      }
    }
  }
}
