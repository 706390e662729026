/// Pictures in files.
public enum ImageFile {
  /// Reads a picture; its name plays no part in what it is taken for.
  public static func read(
    _ path: String, options: ImageDecoder.Options = ImageDecoder.Options()
  ) throws(ImageFileError) -> DecodedImage {
    let file = try InputFile(path)
    var bytes = try file.beginning(RecognizedContent.reach)
    // A film or an archive of gigabytes is recognised without reading it.
    if case .image = RecognizedContent(beginning: bytes) {
      try file.readRest(into: &bytes, limit: options.limits.bytes)
    }
    do {
      return try ImageDecoder.decode(bytes, options: options)
    } catch {
      throw .notDecoded(path: path, error)
    }
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
