import Imaging

/// What `convert` says.
enum ConvertMessages {
  static func result(_ picture: ConvertedPicture, at path: String) -> String {
    "\(path): \(picture.width)x\(picture.height) \(picture.layout.words), \(picture.bitDepth) bit"
  }

  static func summary(done: Int, failed: Int) -> String {
    let pictures = counted(done, "picture")
    return failed == 0 ? "\(pictures) converted." : "\(pictures) converted, \(failed) failed."
  }
}

/// A picture that was not converted.
struct ConversionFailure: DescribedError {
  let error: ImageFileError
  let wasLenient: Bool

  var sentence: String { error.sentence(offering: wasLenient ? .pixelLimit : .options) }
}

extension Image.Layout {
  fileprivate var words: String {
    switch self {
    case .grey: "grey"
    case .greyAlpha: "grey with alpha"
    case .rgb: "RGB"
    case .rgba: "RGB with alpha"
    }
  }
}

extension ConversionPlanError: DescribedError {
  var sentence: String {
    switch self {
    case .sameOutput(let first, let second, let output):
      "\(first) and \(second) would both become \(output). Convert them into different folders."
    case .overwritesInput(let path):
      "\(path) is one of the inputs and would be overwritten. Choose another folder for the output."
    case .folderNotMade(let path):
      "\(path): the folder cannot be made. Check that no file has its name, and the permissions."
    }
  }
}

extension ImageFormat {
  var name: String {
    switch self {
    case .png: "PNG"
    case .jpeg: "JPEG"
    }
  }

  /// The library that reads and writes it.
  var library: String {
    switch self {
    case .png: "libpng"
    case .jpeg: "libjpeg"
    }
  }
}
