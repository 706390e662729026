import Paths
import Rendering

/// What is counted of a run's records, part by part.
struct ReportTally {
  var explained = 0
  var failed = 0
  var uncertain = 0
  var unlikeTraining = 0

  /// How many images the model gave each class.
  var classes: [String: Int] = [:]

  /// All labels that occur among the predictions, and all names of folders that hold images.
  var labels: Set<String> = []
  var folders: Set<String> = []
  var wrongByFolder = 0
  var hasPictures = true

  /// The methods, in the order of their maps, and the names of all maps.
  var methods: [MethodTally] = []
  var columns: RecordedColumns?

  /// The folder, with its last slash, that all images so far are in.
  private var folder: String?
  var commonFolder: String { folder ?? "" }

  mutating func add(_ record: ExplanationRecord) {
    take(folder: record.path)
    guard case .explained(let explained) = record.outcome else {
      failed += 1
      return
    }
    self.explained += 1
    let best = explained.predictions[0]
    classes[best.label, default: 0] += 1
    if best.probability < ReportImage.uncertainBelow { uncertain += 1 }
    if explained.isUnlikeTraining == true { unlikeTraining += 1 }
    labels.formUnion(explained.predictions.lazy.map(\.label))
    folders.insert(record.folderName)
    if record.folderName != best.label { wrongByFolder += 1 }
    if explained.reportFiles == nil { hasPictures = false }
    let columns = RecordedColumns(explained.maps)
    if self.columns == nil { self.columns = columns }
    take(methods: explained.maps.enumerated().lazy.map { (columns.number(ofMap: $0), .init($1)) })
  }

  mutating func add(_ other: ReportTally) {
    explained += other.explained
    failed += other.failed
    uncertain += other.uncertain
    unlikeTraining += other.unlikeTraining
    classes.merge(other.classes, uniquingKeysWith: +)
    labels.formUnion(other.labels)
    folders.formUnion(other.folders)
    wrongByFolder += other.wrongByFolder
    hasPictures = hasPictures && other.hasPictures
    if let folder = other.folder { take(folder: folder) }
    if columns == nil { columns = other.columns }
    take(methods: other.methods.enumerated().lazy.map { ($0, $1) })
  }

  private mutating func take(methods found: some Sequence<(Int, MethodTally)>) {
    for (number, method) in found {
      if number < methods.count {
        methods[number].add(method)
      } else {
        methods.append(method)
      }
    }
  }

  /// - Parameter path: of an image, or a folder with its last slash.
  private mutating func take(folder path: String) {
    let common = folder.map { zip($0.utf8, path.utf8).prefix { $0 == $1 }.count }
    let shared = path.utf8.prefix(common ?? path.utf8.count)
    folder = shared.lastIndex(of: UInt8(ascii: "/")).map { String(Substring(shared[...$0])) } ?? ""
  }

  /// Whether the images lie in folders that are called as the model's classes are: then the folder
  /// is taken for the true class.
  var foldersAreClasses: Bool { !folders.isEmpty && folders.isSubset(of: labels) }

  /// The classes, most frequent first.
  var rankedClasses: [(label: String, count: Int)] {
    classes.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
  }
}

extension ExplanationRecord {
  /// The name of the folder that the image lies in.
  var folderName: String {
    path.pathSteps.dropLast().last.map(String.init) ?? ""
  }
}
