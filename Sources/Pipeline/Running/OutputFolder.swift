import FoundationEssentials
public import Imaging
import Synchronization

/// The folder that a run writes to. Files appear in it whole or not at all.
public final class OutputFolder: Sendable {
  public let path: String
  private let madeFolders = Mutex<Set<String>>([])

  /// Held while something is written; closing takes it for good.
  private let gate = Mutex(true)

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
    try gate.withLock { (isOpen) throws(ImageFileError) in
      if isOpen { try body() }
    }
  }

  /// Waits for what is being written, and lets nothing be written any more: for the end of the
  /// process in the middle of a run.
  public func close() { gate.withLock { $0 = false } }

  private func makeFolder(_ folder: String) throws(ImageFileError) {
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
    } catch let error as CocoaError where error.code == .fileWriteOutOfSpace {
      throw .diskFull(path: folder)
    } catch {
      throw .notPermitted(path: folder)
    }
  }
}
