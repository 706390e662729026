import FoundationEssentials
import Glibc
public import Imaging
import Synchronization

/// The folder that a run writes to. Files appear in it whole or not at all.
public final class OutputFolder: Sendable {
  public let path: String
  private let madeFolders = Mutex<Set<String>>([])

  /// How many threads write at the moment, and whether any may begin to.
  private struct Gate {
    var writers = 0
    var isOpen = true
  }

  private let gate = Mutex(Gate())

  /// Makes the folder if it is not there.
  public init(_ path: String) throws(ImageFileError) {
    self.path = path
    try makeFolder(path)
  }

  /// Writes a file below the folder, with the folders on the way to it.
  public func write(_ bytes: [UInt8], to name: String) throws(ImageFileError) {
    let file = path + "/" + name
    if let slash = name.lastIndex(of: "/") {
      let folder = String(name[..<slash])
      if madeFolders.withLock({ !$0.contains(folder) }) {
        try makeFolder(path + "/" + folder)
        madeFolders.withLock { _ = $0.insert(folder) }
      }
    }
    try whileOpen { () throws(ImageFileError) in
      try AtomicFile.write(bytes, to: file, surviving: .processEnd)
    }
  }

  /// Does something to the folder that must not be cut short.
  func whileOpen(_ body: () throws(ImageFileError) -> Void) throws(ImageFileError) {
    let mayWrite = gate.withLock { gate in
      if gate.isOpen { gate.writers += 1 }
      return gate.isOpen
    }
    guard mayWrite else { return }
    defer { gate.withLock { $0.writers -= 1 } }
    try body()
  }

  /// Lets nothing be written any more, and waits for what is being written: for the end of the
  /// process in the middle of a run.
  public func close() {
    gate.withLock { $0.isOpen = false }
    while gate.withLock({ $0.writers > 0 }) { usleep(200) }
  }

  private func makeFolder(_ folder: String) throws(ImageFileError) {
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
    } catch let error as CocoaError where error.code == .fileWriteOutOfSpace {
      throw .diskFull(path: folder)
    } catch let error as CocoaError where error.code == .fileWriteFileExists {
      throw .notAFolder(path: folder)
    } catch {
      throw .notPermitted(path: folder)
    }
  }
}
