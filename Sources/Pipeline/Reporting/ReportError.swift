/// Why no page can be made of a folder.
public enum ReportError: Error, Equatable {
  /// No `results.jsonl` is in it, or there is no line in it.
  case noRecords(folder: String)

  /// The run was told to leave nothing for a page.
  case noPictures(folder: String)

  /// A file that a record names is gone or damaged.
  case damaged(path: String)
}
