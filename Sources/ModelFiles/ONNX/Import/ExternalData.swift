#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Tensors that stand in files of their own beside the model.
///
/// A file is looked for in the model's folder and nowhere else: a location that is absolute, climbs
/// out, or arrives outside by symbolic links is refused. Offsets and lengths are checked against the
/// file.
struct ExternalData {
  /// The model's folder; nothing if the model came as bytes.
  let folder: String?
  private var files: [String: ModelBytes] = [:]

  /// How large the files are that were opened, together.
  var size: Int { files.values.reduce(0) { $0 + $1.count } }

  init(folder: String?) { self.folder = folder }

  mutating func slice(of tensor: ONNX.Tensor) throws(TensorProblem) -> ByteSlice {
    var settings: [String: String] = [:]
    for entry in tensor.external { settings[entry.key] = entry.value }
    let location = settings["location"] ?? ""
    let bytes = try file(location)
    let offsetText = settings["offset"] ?? "0"
    let lengthText = settings["length"] ?? String(bytes.count - (Int(offsetText) ?? 0))
    guard
      let offset = Int(offsetText), let length = Int(lengthText), offset >= 0, length >= 0,
      offset <= bytes.count, length <= bytes.count - offset
    else {
      throw .badExternalRange(
        location: location, offset: offsetText, length: lengthText, available: bytes.count)
    }
    return ByteSlice(bytes: bytes, range: offset..<offset + length)
  }

  /// The bytes of a file by the name that a tensor gives it.
  mutating func file(_ location: String) throws(TensorProblem) -> ModelBytes {
    if let known = files[location] { return known }
    guard let folder else { throw .noFolder }
    let parts = location.utf8.split(
      separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard
      !location.utf8.contains(0),
      parts.allSatisfy({ !$0.isEmpty && !$0.elementsEqual("..".utf8) }),
      let realFolder = Self.realPath(folder)
    else { throw .outsideFolder(location: location) }
    guard let path = Self.realPath(folder + "/" + location) else {
      throw .unreadableExternalFile(location: location, code: errno)
    }
    let prefix = realFolder == "/" ? "/" : realFolder + "/"
    guard path.utf8.starts(with: prefix.utf8) else { throw .outsideFolder(location: location) }
    let bytes: ModelBytes
    do {
      bytes = try ModelBytes(mapping: path)
    } catch {
      throw .unreadableExternalFile(location: location, code: errno)
    }
    files[location] = bytes
    return bytes
  }

  /// The path with all links followed; nothing if it leads nowhere.
  static func realPath(_ path: String) -> String? {
    guard let resolved = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }
}
