import Pipeline

/// What `report` says.
enum ReportMessages {
  static func made(_ path: String, images: Int) -> String {
    "\(path.shownPath): \(counted(images, "picture"))"
  }

  static func merged(_ records: MergedRecords) -> String {
    "\(records.path.shownPath): \(counted(records.pictures, "picture")) of "
      + counted(records.shards, "shard")
  }

  static func missing(_ records: MergedRecords) -> String {
    let more = records.missingCount - records.firstMissing.count
    return records.firstMissing.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
      + (records.missingCount == 1
        ? " is missing: run this shard" : " are missing: run these shards")
      + ", and report again."
  }

  static func damaged(_ count: Int, in folder: String) -> String {
    count == 1
      ? "1 line of the records in \(folder) is damaged: its picture is left out. explain --resume does it "
        + "again."
      : "\(count) lines of the records in \(folder) are damaged: their pictures are left out. explain "
        + "--resume does them again."
  }

  static let noPicturesYet = "There is no page, because no picture is in these records."

  static let noPage =
    "There is no page, because the run was made with --no-report and left nothing to show."
}

extension String {
  /// A path below a folder as people write it, below the topmost folder too.
  var shownPath: String { hasPrefix("//") ? String(dropFirst()) : self }
}

extension ReportError: DescribedError {
  var sentence: String {
    switch self {
    case .noRecords(let folder):
      "\(folder): there are no records of a run here (results.jsonl). Name a folder that explain "
        + "wrote."
    case .noPictures(let folder):
      "\(folder): this run was made with --no-report and left nothing to show. Run explain again "
        + "without it."
    case .damaged(let path):
      "\(path): the file is missing or damaged, and the page needs it. Run explain again."
    }
  }
}
