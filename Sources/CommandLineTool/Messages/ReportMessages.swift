import Pipeline

/// What `report` says.
enum ReportMessages {
  static func made(_ path: String, images: Int) -> String {
    "\(path): \(images == 1 ? "1 picture" : "\(images) pictures")"
  }
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
