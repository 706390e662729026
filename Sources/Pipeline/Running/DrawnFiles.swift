import Paths

/// The files that are drawn of pictures, held against those that are there before anything is
/// written.
public struct DrawnFiles: Sendable {
  private let output: OutputFolder
  let files: @Sendable (_ name: String) -> [String]

  /// - Parameter files: all that is drawn of a picture, by what the files' names begin with.
  public init(in output: OutputFolder, _ files: @escaping @Sendable (_ name: String) -> [String]) {
    self.output = output
    self.files = files
  }

  /// The first of the files to read that what is drawn would be written over.
  ///
  /// - Parameter names: of the pictures that are drawn.
  public func overwritten(
    of inputs: some Sequence<String>, drawing names: some Sequence<String>
  ) -> String? {
    var folders = RealFolders()
    // Mostly there is no picture in any of them, and no name of a file has to be made.
    let written = Set(names.compactMap { folders[holding: output.path + "/" + $0] })
    var read: [ExactPath: String] = [:]
    for path in inputs {
      guard let folder = folders[holding: path], written.contains(folder) else { continue }
      read[folder.path(path)] = path
    }
    if read.isEmpty { return nil }
    for file in names.lazy.flatMap(files).map({ output.path + "/" + $0 }) {
      if let path = folders[holding: file].flatMap({ read[$0.path(file)] }) { return path }
    }
    return nil
  }

  /// Why one of the files that are drawn of a picture cannot be written, or must not be: something
  /// else has its place.
  public func obstacle(toDrawing path: String, as name: String) -> PictureProblem? {
    for name in files(name) {
      let file = output.path + "/" + name
      if let number = output.refusal(of: name) {
        return .notWritten(path: path, file: file, systemError: number)
      }
      if !output.isMarked, Self.isForeign(file) { return .notDrawn(path: path, over: file) }
    }
    return nil
  }

  /// Whether it is a picture that does not say that a run drew it, in a folder where somebody keeps
  /// pictures.
  private static func isForeign(_ file: String) -> Bool {
    FileBeginning.withText(file).map { $0.format != nil && !$0.isDrawnByARun } ?? false
  }
}

/// Where the folders of files lead to, each looked up once.
private struct RealFolders {
  struct Folder: Hashable {
    private let real: ExactPath

    init?(_ path: String) {
      guard let real = RealPath.of(path) else { return nil }
      self.real = ExactPath(real)
    }

    /// The path of a file in it.
    func path(_ file: String) -> ExactPath {
      ExactPath(real.text + "/" + file.fileName)
    }
  }

  private var known: [ExactPath: Folder?] = [:]

  /// Nothing if there is no such folder.
  subscript(holding file: String) -> Folder? {
    mutating get {
      let path = ExactPath(file.folderPath)
      if let folder = known[path] { return folder }
      let folder = Folder(path.text)
      known[path] = .some(folder)
      return folder
    }
  }
}
