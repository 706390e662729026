import Rendering

/// What is counted of a run's records, part by part.
struct ReportTally {
  var explained = 0
  var failed = 0
  var uncertain = 0

  /// How many images the model gave each class.
  var classes: [String: Int] = [:]

  /// All labels that occur among the predictions, and all names of folders that hold images.
  var labels: Set<String> = []
  var folders: Set<String> = []
  var wrongByFolder = 0
  var hasPictures = true

  mutating func add(_ record: ExplanationRecord) {
    guard case .explained(let explained) = record.outcome else {
      failed += 1
      return
    }
    self.explained += 1
    let best = explained.predictions[0]
    classes[best.label, default: 0] += 1
    if best.probability < ReportImage.uncertainBelow { uncertain += 1 }
    labels.formUnion(explained.predictions.lazy.map(\.label))
    folders.insert(record.folderName)
    if record.folderName != best.label { wrongByFolder += 1 }
    if explained.reportFiles == nil { hasPictures = false }
  }

  mutating func add(_ other: ReportTally) {
    explained += other.explained
    failed += other.failed
    uncertain += other.uncertain
    classes.merge(other.classes, uniquingKeysWith: +)
    labels.formUnion(other.labels)
    folders.formUnion(other.folders)
    wrongByFolder += other.wrongByFolder
    hasPictures = hasPictures && other.hasPictures
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
    path.split(separator: "/").dropLast().last.map(String.init) ?? ""
  }
}
