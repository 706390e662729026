/// Why a picture was not read from a file or not written to it.
public enum ImageFileError: Error, Sendable, Equatable {
  case missing(path: String)
  case folder(path: String)
  case notPermitted(path: String)
  /// Reading failed with one of the system's error numbers.
  case cannotRead(path: String, systemError: Int32)
  /// The file itself is larger than what may be decoded from it.
  case fileTooLarge(path: String, byteCount: Int, limit: Int)
  case notDecoded(path: String, ImageDecodingError)
  case notEncoded(path: String, ImageEncodingError)
  case diskFull(path: String)
  case readOnlyFileSystem(path: String)
  /// The path, or a name in it, is longer than the system takes.
  case nameTooLong(path: String)
  /// The folder that the file should go to does not exist.
  case folderMissing(path: String)
  /// The folder, or the unfinished file in it, was removed while the file was written.
  case removedMeanwhile(path: String)
  /// The file is no longer the one that was read before.
  case changedMeanwhile(path: String)
  /// A file stands where a folder is wanted.
  case notAFolder(path: String)
  /// Writing failed with one of the system's error numbers; nothing was left behind.
  case cannotWrite(path: String, systemError: Int32)
}
