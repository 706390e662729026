import FoundationEssentials

/// Picture files with their classes, before any is opened.
struct LabelledFiles {
  var files: [String] = []
  var labels: [String] = []

  /// A folder with a folder for each class.
  static func inFolders(of folder: String) throws(DataSetError) -> LabelledFiles {
    var found = LabelledFiles()
    for name in try visibleNames(in: folder) where isFolder(join(folder, name)) {
      let files = try pictures(in: join(folder, name))
      guard !files.isEmpty else { throw .emptyClass(name: name) }
      found.files += files
      found.labels += Array(repeating: name, count: files.count)
    }
    guard !found.files.isEmpty else { throw .nothingFound(path: folder) }
    return found
  }

  /// A text with a path and a label on each line; paths start from the text's own folder. A first
  /// line of the words `path`, `file`, `filename` or `image` is a heading.
  static func inList(_ path: String, separator: Character) throws(DataSetError) -> LabelledFiles {
    guard let data = try? Data(contentsOf: URL(filePath: path)) else {
      throw .cannotRead(path: path)
    }
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    var found = LabelledFiles()
    let lines = String(decoding: data, as: UTF8.self)
      .split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated() where !line.allSatisfy(\.isWhitespace) {
      let fields = fields(of: line, separator: separator)
      let headings: Set = ["path", "file", "filename", "image"]
      if index == 0, let first = fields.first, headings.contains(first.lowercased()) { continue }
      guard fields.count >= 2, !fields[0].isEmpty, !fields[1].isEmpty else {
        throw .badLine(path: path, line: index + 1)
      }
      found.files.append(fields[0].hasPrefix("/") ? fields[0] : join(folder, fields[0]))
      found.labels.append(fields[1])
    }
    guard !found.files.isEmpty else { throw .nothingFound(path: path) }
    return found
  }

  /// The classes in order: by number if all are numbers, else by name.
  var classes: [String] {
    let names = Set(labels)
    let numbers = names.compactMap { Int($0) }
    return numbers.count == names.count
      ? names.sorted { (Int($0) ?? 0, $0) < (Int($1) ?? 0, $1) }
      : names.sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
  }

  private static func fields(of line: Substring, separator: Character) -> [String] {
    var fields = [""]
    var isQuoted = false
    var previous: Character?
    for character in line {
      switch character {
      case "\"":
        // Two quotes inside quotes stand for one.
        if !isQuoted && previous == "\"" { fields[fields.count - 1].append("\"") }
        isQuoted.toggle()
      case separator where !isQuoted: fields.append("")
      default: fields[fields.count - 1].append(character)
      }
      previous = character
    }
    return fields.map { field in
      var field = Substring(field)
      while field.first?.isWhitespace == true { field.removeFirst() }
      while field.last?.isWhitespace == true { field.removeLast() }
      return String(field)
    }
  }

  private static func pictures(in folder: String) throws(DataSetError) -> [String] {
    var files: [String] = []
    for name in try visibleNames(in: folder) {
      let path = join(folder, name)
      if isFolder(path) {
        files += try pictures(in: path)
      } else if [".png", ".jpg", ".jpeg"].contains(where: name.lowercased().hasSuffix) {
        files.append(path)
      }
    }
    return files
  }

  private static func visibleNames(in folder: String) throws(DataSetError) -> [String] {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
      throw .cannotRead(path: folder)
    }
    return names.filter { !$0.hasPrefix(".") }
      .sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
  }

  private static func join(_ folder: String, _ name: String) -> String {
    folder.hasSuffix("/") ? folder + name : folder + "/" + name
  }
}

func isFolder(_ path: String) -> Bool {
  var isFolder = false
  return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder
}
