import Foundation

/// What a program printed, said and ended with.
public struct SubprocessOutcome: Sendable {
  /// Standard output.
  public let output: String
  /// Standard error.
  public let messages: String
  /// The exit code, or the signal's number if one ended the program.
  public let status: Int32
  /// Whether a signal ended it.
  public let endedBySignal: Bool
}

/// Runs a program to its end, with nothing on its standard input.
public func runProgram(
  _ path: String, _ arguments: [String], environment: [String: String] = [:]
) async throws -> SubprocessOutcome {
  let process = Process()
  process.executableURL = URL(filePath: path)
  process.arguments = arguments
  process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
  process.standardInput = FileHandle.nullDevice
  let output = Pipe()
  let messages = Pipe()
  process.standardOutput = output
  process.standardError = messages
  // Both pipes are read while the program runs: a full one would hold it forever.
  async let outputText = text(output.fileHandleForReading)
  async let messageText = text(messages.fileHandleForReading)
  try await withCheckedThrowingContinuation { (end: CheckedContinuation<Void, any Error>) in
    process.terminationHandler = { _ in end.resume() }
    do {
      try process.run()
    } catch {
      // Or those who read would wait forever for what is never written.
      for pipe in [output, messages] { try? pipe.fileHandleForWriting.close() }
      end.resume(throwing: error)
    }
  }
  return SubprocessOutcome(
    output: await outputText, messages: await messageText, status: process.terminationStatus,
    endedBySignal: process.terminationReason == .uncaughtSignal)
}

private func text(_ handle: FileHandle) async -> String {
  await withCheckedContinuation { end in
    Thread { end.resume(returning: String(decoding: handle.readDataToEndOfFile(), as: UTF8.self)) }
      .start()
  }
}

/// Programs that the package builds stand beside the test bundle.
public enum BuiltProgram {
  /// The path of one of them.
  public static func path(_ name: String) -> String {
    let arguments = CommandLine.arguments
    let bundle =
      arguments.first { $0.hasSuffix(".xctest") }
      ?? arguments[0]
    return URL(filePath: bundle).deletingLastPathComponent().appending(path: name).path
  }
}
