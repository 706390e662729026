/// Pictures in files.
public enum ImageFile {
  /// Reads a picture; its name plays no part in what it is taken for.
  public static func read(
    _ path: String, options: ImageDecoder.Options = ImageDecoder.Options()
  ) throws(ImageFileError) -> DecodedImage {
    try readWithBytes(path, options: options).picture
  }

  /// The same with the file's bytes, which a pipe gives only once.
  public static func readWithBytes(
    _ path: String, options: ImageDecoder.Options = ImageDecoder.Options()
  ) throws(ImageFileError) -> (picture: DecodedImage, bytes: [UInt8]) {
    let file = try InputFile(path)
    var bytes = try file.beginning(RecognizedContent.reach)
    // A film or an archive of gigabytes is recognised without reading it.
    if case .image = RecognizedContent(beginning: bytes) {
      try file.readRest(into: &bytes, limit: options.limits.bytes)
    }
    do {
      return (try ImageDecoder.decode(bytes, options: options), bytes)
    } catch {
      throw .notDecoded(path: path, error)
    }
  }

  /// The bytes of a file, whatever it holds; a pipe will do.
  public static func bytes(of path: String, limit: Int) throws(ImageFileError) -> [UInt8] {
    let file = try InputFile(path)
    var bytes: [UInt8] = []
    try file.readRest(into: &bytes, limit: limit)
    return bytes
  }

  /// Writes a picture whole or not at all (see `AtomicFile`).
  public static func write(
    _ image: Image, to path: String, as encoding: ImageEncoding
  ) throws(ImageFileError) {
    let encoded: EncodedBytes
    do {
      encoded = try ImageEncoder.encoded(image, as: encoding)
    } catch {
      throw .notEncoded(path: path, error)
    }
    try unsafe encoded.withBytes { (bytes) throws(ImageFileError) in
      try unsafe AtomicFile.write(bytes, to: path)
    }
  }
}
