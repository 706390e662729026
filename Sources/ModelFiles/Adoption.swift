import Paths

/// Writing into a foreign model file what ONNX does not say.
public enum Adoption {
  /// The bytes of the file with `information` in its metadata, everything else as it was.
  ///
  /// The network is not written anew: fields that we do not understand, of nodes that we do not
  /// read, stay. Only earlier entries of our own are replaced.
  public static func adopt(
    _ file: [UInt8], _ information: ModelInformation
  ) throws(ModelFileError) -> [UInt8] {
    do {
      var addition = ONNX.Model.MetadataOnly()
      addition.entries = information.metadata
      let own = Set(ModelInformation.Key.allCases.map(\.rawValue))
      return try kept(file) { key in !own.contains(key) } + addition.encoded
    } catch {
      throw .malformed(error)
    }
  }

  /// Adopts the file at `path` into a new file at `output`, which is written whole or not at all.
  ///
  /// Files of weights that the model has beside it are copied beside the output, if that is another
  /// folder, unless they are there already.
  ///
  /// - Returns: The files that were copied.
  @discardableResult
  public static func adopt(
    contentsOf path: String, _ information: ModelInformation, to output: String
  ) throws(ModelFileError) -> [String] {
    let bytes = try ModelBytes(mapping: path)
    let adopted = try adopt(bytes.array(0..<bytes.count), information)
    let copied = try copyWeights(of: bytes, from: path.folderPath, to: output.folderPath)
    try AtomicFile.write(adopted, to: output)
    return copied
  }

  /// Whether two paths lead to one file that exists.
  public static func isSameFile(_ a: String, _ b: String) -> Bool {
    guard let real = ExternalData.realPath(a) else { return false }
    return real == ExternalData.realPath(b)
  }

  private static func copyWeights(
    of bytes: ModelBytes, from source: String, to target: String
  ) throws(ModelFileError) -> [String] {
    if isSameFile(source, target) { return [] }
    let model: ONNX.Model
    do {
      model = try ONNX.Model(
        reading: WireReader(ByteSlice(bytes: bytes, range: 0..<bytes.count)))
    } catch {
      throw .malformed(error)
    }
    var external = ExternalData(folder: source)
    var copied: [String] = []
    var seen: Set<String> = []
    for tensor in model.graph?.initializers ?? [] where tensor.location == 1 {
      let location = tensor.external.last { $0.key == "location" }?.value ?? ""
      guard seen.insert(location).inserted else { continue }
      let weights: ModelBytes
      do throws(TensorProblem) {
        weights = try external.file(location)
      } catch {
        throw .tensor(name: tensor.name, error)
      }
      let path = target + "/" + location
      if let there = try? ModelBytes(mapping: path) {
        guard there.hasSameBytes(as: weights) else { throw .otherFileInTheWay(path: path) }
        continue
      }
      try AtomicFile.makeFolders(of: location, in: target)
      try AtomicFile.write(weights.array(0..<weights.count), to: path)
      copied.append(path)
    }
    return copied
  }

  /// The top-level fields of the model but for metadata entries whose key is refused.
  private static func kept(
    _ file: [UInt8], _ keeps: (String) -> Bool
  ) throws(WireError) -> [UInt8] {
    var reader = WireReader(ByteSlice(file))
    var bytes: [UInt8] = []
    bytes.reserveCapacity(file.count)
    while let field = try reader.nextField() {
      if field.number == 14 {
        var copy = reader
        let entry = try copy.message(field, ONNX.Entry.self, "metadata_props")
        if !keeps(entry.key) {
          reader = copy
          continue
        }
      }
      try reader.skip(field)
      bytes += file[field.offset..<reader.offset]
    }
    return bytes
  }
}

extension ONNX.Model {
  /// The end of a model file: entries that join those before them.
  struct MetadataOnly: WireMessage {
    var entries: [ONNX.Entry] = []

    mutating func read(_ field: WireField, from reader: inout WireReader) throws(WireError) {
      try reader.skip(field)
    }

    func write(to writer: inout WireWriter) {
      for entry in entries { writer.message(14, entry) }
    }
  }
}
