import Imaging

extension ImageFileError: DescribedError {
  var sentence: String { sentence(offering: .conversion) }

  func sentence(offering offer: ReadingOffer) -> String {
    switch self {
    case .missing(let path) where path.unicodeScalars.contains("\u{FFFD}"):
      "\(path): the name is not written in UTF-8. Rename it."
    case .missing(""):
      "An empty name is no file. Check the name."
    case .missing(let path):
      "\(path): there is no such file. Check the name."
    case .folder(let path):
      "\(path): this is a folder, not a file. Name a file in it."
    case .notPermitted(let path):
      "\(path): access is not permitted. Check the permissions of the file and its folder."
    case .cannotRead(let path, let number):
      "\(path): cannot be read: \(String(systemError: number))."
    case .fileTooLarge(let path, let byteCount, let limit):
      "\(path): the file has \(byteCount) bytes, more than the limit of \(limit). "
        + offer.ofMorePixels
    case .notDecoded(let path, let error):
      "\(path): \(error.sentence(offering: offer))"
    case .notEncoded(let path, let error):
      "\(path): \(error.sentence)"
    case .diskFull(let path):
      "\(path): the disk is full. No part of this file was left; make room and run it again (explain: with "
        + "--resume)."
    case .readOnlyFileSystem(let path):
      "\(path): the file system is read-only. Write to another place."
    case .nameTooLong(let path):
      "\(path): the path is longer than the system takes. Write to a folder with a shorter name."
    case .folderMissing(let path):
      "\(path): the folder that it should go to does not exist. Make it first."
    case .removedMeanwhile(let path):
      "\(path): its folder, or what was written of it, was removed meanwhile. Run it again."
    case .changedMeanwhile(let path):
      "\(path): the file was changed meanwhile. Run it again when nothing writes it any more."
    case .notAFolder(let path):
      "\(path): this is a file, not a folder. Name another folder to write to."
    case .cannotWrite(let path, let number):
      "\(path): cannot be written: \(String(systemError: number))."
    }
  }
}

extension ImageEncodingError {
  /// What is wrong, to stand after the name of the file.
  fileprivate var sentence: String {
    switch self {
    case .layoutNotStorable(let format, _, let bitDepth):
      "a \(format.name) cannot hold \(bitDepth) bits or transparency. Write a PNG."
    case .tooLarge(let format, let width, let height, let longestSide):
      "\(width)x\(height) is too large for a \(format.name), whose sides have at most "
        + "\(longestSide) pixels. Make it smaller with --max-side."
    case .invalidKeyword(let keyword):
      "a PNG cannot hold a text named '\(keyword)'."
    case .refused(let format, let message):
      "\(format.library) refused to write it: \(message)."
    case .outOfMemory:
      "there is not enough memory to write it."
    }
  }
}
