import Foundation
import TestSupport

/// Files that the program may not read, even where the tests run as root, who may read everything.
enum Permissions {
  private static let isRoot = geteuid() == 0
  private static let dropping = "/usr/bin/setpriv"
  /// A user of no groups and no rights; it needs no entry in any table.
  private static let nobody = ["--reuid=65534", "--regid=65534", "--clear-groups"]

  /// Whether the program can be run by a user who may not read everything.
  static let canBeLacking: Bool = {
    guard isRoot else { return true }
    let trial = Process()
    trial.executableURL = URL(filePath: dropping)
    trial.arguments = nobody + [BuiltProgram.path("whylight"), "--version"]
    trial.standardOutput = FileHandle.nullDevice
    trial.standardError = FileHandle.nullDevice
    guard (try? trial.run()) != nil else { return false }
    trial.waitUntilExit()
    return trial.terminationStatus == 0
  }()

  /// Takes the permission to read a file from everybody; its folder stays open.
  static func forbidReading(of file: String, in folder: String) throws {
    let manager = FileManager.default
    try manager.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder)
    try manager.setAttributes([.posixPermissions: 0o000], ofItemAtPath: file)
  }

  static func runWithoutPrivileges(
    _ program: String, _ arguments: [String]
  ) async throws -> SubprocessOutcome {
    isRoot
      ? try await runProgram(dropping, nobody + [program] + arguments)
      : try await runProgram(program, arguments)
  }
}
