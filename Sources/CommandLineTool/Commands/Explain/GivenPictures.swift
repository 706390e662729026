import Imaging
import Pipeline

/// The pictures that options name, each read once: it may be a pipe (`<(...)`).
struct GivenPictures: Sendable {
  let baseline: GivenPicture?
  let segments: GivenPicture?

  init(_ command: ExplainCommand) throws(ImageFileError) {
    baseline = try command.baselineFile.map(GivenPicture.init)
    segments = try command.segments.map(GivenPicture.init)
  }
}

struct GivenPicture: Sendable {
  let image: Image
  let sha256: String

  init(_ path: String) throws(ImageFileError) {
    let file = try ImageFile.readWithBytes(path)
    image = file.picture.image
    sha256 = SHA256.digest(file.bytes.span)
  }
}
