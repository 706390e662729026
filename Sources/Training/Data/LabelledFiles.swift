import FoundationEssentials
import Imaging
import Paths

/// Picture files with their classes, before any is opened.
struct LabelledFiles {
  var files: [String] = []
  var labels: [String] = []

  /// A folder with a folder for each class.
  static func inFolders(of folder: String) throws(DataSetError) -> LabelledFiles {
    var found = LabelledFiles()
    for name in try visibleNames(in: folder) where isFolder(folder.appendingPath(name)) {
      let files = try pictures(in: folder.appendingPath(name))
      guard !files.isEmpty else { throw .emptyClass(name: name) }
      found.files += files
      found.labels += Array(repeating: name, count: files.count)
    }
    guard !found.files.isEmpty else { throw .nothingFound(path: folder) }
    return found
  }

  /// A text with a path and a label on each line; paths start from the text's own folder. A first
  /// line of the words `path`, `file`, `filename` or `image` is a heading.
  static func inList(_ path: String, separator: Unicode.Scalar) throws(DataSetError)
    -> LabelledFiles
  {
    guard let data = try? Data(contentsOf: URL(filePath: path)) else {
      throw .cannotRead(path: path)
    }
    let folder = path.folderPath
    var found = LabelledFiles()
    for (index, line) in lines(of: data).enumerated()
    where !line.allSatisfy(\.properties.isWhitespace) {
      let fields = fields(of: line, separator: separator)
      let headings: Set = ["path", "file", "filename", "image"]
      if index == 0, let first = fields.first, headings.contains(first.lowercased()) { continue }
      guard fields.count >= 2, !fields[0].isEmpty, !fields[0].utf8.contains(0), !fields[1].isEmpty
      else {
        throw .badLine(path: path, line: index + 1)
      }
      found.files.append(fields[0].isAbsolutePath ? fields[0] : folder.appendingPath(fields[0]))
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

  /// A text's lines, whatever system it is from. Spreadsheets write a mark before the first.
  private static func lines(of data: Data) -> [Substring.UnicodeScalarView] {
    var text = String(decoding: data, as: UTF8.self).unicodeScalars[...]
    if text.first == "\u{FEFF}" { text.removeFirst() }
    return text.split(
      separator: text.contains("\n") ? "\n" : "\r", omittingEmptySubsequences: false)
  }

  /// By scalars: a path may begin with a mark that makes one character with the separator.
  private static func fields(
    of line: Substring.UnicodeScalarView, separator: Unicode.Scalar
  ) -> [String] {
    var fields = [String.UnicodeScalarView()]
    var isQuoted = false
    var previous: Unicode.Scalar?
    for scalar in line {
      switch scalar {
      case "\"":
        // Two quotes inside quotes stand for one.
        if !isQuoted && previous == "\"" { fields[fields.count - 1].append("\"") }
        isQuoted.toggle()
      case separator where !isQuoted: fields.append(String.UnicodeScalarView())
      default: fields[fields.count - 1].append(scalar)
      }
      previous = scalar
    }
    return fields.map { field in
      var field = field[...]
      while field.first?.properties.isWhitespace == true { field.removeFirst() }
      while field.last?.properties.isWhitespace == true { field.removeLast() }
      return String(field)
    }
  }

  private static func pictures(in folder: String) throws(DataSetError) -> [String] {
    var files: [String] = []
    for name in try visibleNames(in: folder) {
      let path = folder.appendingPath(name)
      if isFolder(path) {
        files += try pictures(in: path)
      } else if ImageFormat(writtenAs: name) != nil {
        files.append(path)
      }
    }
    return files
  }

  private static func visibleNames(in folder: String) throws(DataSetError) -> [String] {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
      throw .cannotRead(path: folder)
    }
    return names.filter { !$0.isHiddenName }
      .sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
  }
}

func isFolder(_ path: String) -> Bool {
  var isFolder = false
  return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder
}
