import Attribution
import FoundationEssentials
import Imaging
import Rendering
public import Tensors

/// Makes a run's page of what the run left in its folder: the records and, for each picture, what
/// the page shows of it.
///
/// The page carries everything itself up to some hundreds of images; beyond, it takes pictures and
/// numbers from the files beside it, and the first ten thousand images are shown. The same folder
/// gives the same page.
public struct ReportBuilder: Sendable {
  let folder: String
  let records: RecordLines

  /// A page of more images is no longer read by anybody; its counts and means are of all of them.
  static let mostCards = 10_000

  /// Pages that are at most so large carry all their pictures.
  private static let mostImagesInside = 400
  private static let mostBytesInside = 64 << 20

  /// Classes whose means are shown, the most frequent ones.
  static let mostClasses = 24

  /// - Throws: ``RunError/foreignFile(path:)``.
  public init(folder: String) throws {
    self.folder = folder
    records = RecordLines(folder: folder)
    try RunFiles.checkPage(in: folder)
  }

  /// Writes the page.
  ///
  /// - Throws: ``ReportError``, ``ImageFileError``.
  public func build(_ workers: Workers) throws -> BuiltReport {
    let tally = try inParts(workers, ReportTally()) { tally, record in
      tally.add(record)
    } merge: {
      $0.add($1)
    }
    guard tally.explained + tally.failed > 0 else { throw ReportError.noRecords(folder: folder) }
    guard tally.hasPictures else { throw ReportError.noPictures(folder: folder) }
    let ranked = tally.rankedClasses
    let labels = Set(ranked.prefix(Self.mostClasses).map(\.label))
    let means = try inParts(workers, MeanMaps()) { means, record in
      guard case .explained(let explained) = record.outcome, let stem = explained.reportFiles,
        labels.contains(explained.predictions[0].label)
      else { return }
      means.add(try numbers(stem), to: explained.predictions[0].label)
    } merge: {
      $0.add($1)
    }
    let page = ReportPage(try report(tally, means, classes: ranked))
    let count = min(records.count, Self.mostCards)
    let isInside = try fitsInside(count)
    var text = page.opening
    var images = 0
    for index in 0..<count {
      guard let record = records[index] else { continue }
      let truth = tally.foldersAreClasses ? record.folderName : nil
      text += page.card(try image(record, truth: truth, isInside: isInside), index: images)
      images += 1
    }
    text += page.closing
    let path = folder + "/" + ReportFolder.page
    try AtomicFile.write(Array(text.utf8), to: path, surviving: .processEnd)
    return BuiltReport(
      path: path, images: images,
      damagedRecords: records.count - tally.explained - tally.failed)
  }

  /// Goes through all records on all threads; parts are merged in order.
  private func inParts<Part: Sendable>(
    _ workers: Workers, _ empty: Part,
    add: @Sendable (inout Part, ExplanationRecord) throws -> Void,
    merge: (inout Part, Part) -> Void
  ) throws -> Part {
    let size = 256
    var whole = empty
    let parts = (records.count + size - 1) / size
    for first in stride(from: 0, to: parts, by: workers.count) {
      let some = workers.map(min(workers.count, parts - first)) { piece in
        Result {
          var part = empty
          let start = (first + piece) * size
          for index in start..<min(start + size, records.count) {
            if let record = records[index] { try add(&part, record) }
          }
          return part
        }
      }
      for part in some { merge(&whole, try part.get()) }
    }
    return whole
  }

  /// Whether a page of the first `count` images may carry them.
  private func fitsInside(_ count: Int) throws -> Bool {
    guard count <= Self.mostImagesInside else { return false }
    var bytes = 0
    for index in 0..<count {
      guard case .explained(let explained)? = records[index]?.outcome,
        let stem = explained.reportFiles
      else { continue }
      for file in files(explained, stem) { bytes += try byteCount(file) }
    }
    return bytes <= Self.mostBytesInside
  }

  /// Of a file that the page needs.
  private func byteCount(_ file: String) throws(ReportError) -> Int {
    let path = folder + "/" + file
    guard let state = FileState(path) else { throw .damaged(path: path) }
    return state.byteCount
  }

  func requireFiles(_ record: ExplainedRecord, _ stem: String) throws {
    for file in files(record, stem) { _ = try byteCount(file) }
  }

  private func files(_ record: ExplainedRecord, _ stem: String) -> [String] {
    [pictureName(record, stem), ReportFolder.numbers(stem)]
      + record.maps.indices.filter { record.maps[$0].hasColors }.map {
        ReportFolder.layer(stem, map: $0)
      }
  }

  func pictureName(_ record: ExplainedRecord, _ stem: String) -> String {
    let size = ShownSize(width: record.width, height: record.height)
    return ReportFolder.picture(stem, isTiny: size.isTiny)
  }
}
