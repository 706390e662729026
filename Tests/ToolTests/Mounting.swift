import Foundation

/// File systems of a test's own.
enum Mounting {
  /// Whether the system lets this process mount one where nobody else sees it.
  static let isPossible: Bool = {
    let trial = Process()
    trial.executableURL = URL(filePath: "/usr/bin/unshare")
    trial.arguments = ["-m", "mount", "-t", "tmpfs", "none", "/mnt"]
    trial.standardOutput = FileHandle.nullDevice
    trial.standardError = FileHandle.nullDevice
    guard (try? trial.run()) != nil else { return false }
    trial.waitUntilExit()
    return trial.terminationStatus == 0
  }()
}
