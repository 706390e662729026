#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension ImageFileError {
  /// Why a file was not read, by the system's error number.
  public init(reading path: String, systemError number: Int32) {
    switch number {
    case ENOENT, ENOTDIR: self = .missing(path: path)
    case EACCES, EPERM: self = .notPermitted(path: path)
    case EISDIR: self = .folder(path: path)
    default: self = .cannotRead(path: path, systemError: number)
    }
  }

  /// Why a file was not written, by the system's error number.
  public init(writing path: String, systemError number: Int32) {
    switch number {
    case ENOSPC, EDQUOT: self = .diskFull(path: path)
    case ENOENT, ENOTDIR: self = .folderMissing(path: path)
    case EACCES, EPERM: self = .notPermitted(path: path)
    case EROFS: self = .readOnlyFileSystem(path: path)
    case EISDIR: self = .folder(path: path)
    case ENAMETOOLONG: self = .nameTooLong(path: path)
    default: self = .cannotWrite(path: path, systemError: number)
    }
  }
}
