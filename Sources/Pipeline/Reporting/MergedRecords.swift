import Imaging

/// The records of shards brought together in `results.jsonl`, in natural order of their paths: that
/// of a run over a folder as a whole. Of a list in another order nobody knows it any more.
public struct MergedRecords: Sendable {
  public let path: String
  public let pictures: Int

  /// The shards that there should be, and those of them that left no records.
  public let shards: Int
  public let missingCount: Int

  /// Files of records that are not there.
  public let firstMissing: [String]
}

extension ReportBuilder {
  /// Writes the records of shards into one file; theirs stay, so that they can be resumed and merged
  /// again. Nothing to do for those of a whole run.
  ///
  /// - Throws: ``ImageFileError``, ``RunError/foreignFile(path:)``.
  public func mergeRecords() throws -> MergedRecords? {
    guard case .shards(let count) = records.family else { return nil }
    let path = folder + "/" + RecordFile.name(nil)
    try RunFiles.checkRecords(RecordFile.name(nil), in: folder)
    try AtomicFile.write(pieces: records.merged, to: path, surviving: .processEnd)
    return MergedRecords(
      path: path, pictures: records.count, shards: count,
      missingCount: count - records.fileNames.count,
      firstMissing: records.family.missingFileNames(besides: records.fileNames, most: 3))
  }
}
