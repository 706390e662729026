/// Where a run's page is, below its output folder, and what the page is made of.
///
/// For each picture the run leaves what a page shows of it: the picture as it is shown, a layer of
/// colour for each map, and the numbers. So a page can be made again at any time, of parts of a run,
/// or of all its shards, and looks the same.
public enum ReportFolder {
  public static let page = "report.html"
  static let assets = "report-files"

  /// What begins the names of all files of one picture. What follows it is never the end of another
  /// file's ending, so that no two pictures share a file, whatever they are called.
  static func stem(of job: ExplanationJob) -> String { assets + "/" + job.name }

  static func layer(_ stem: String, map: Int) -> String { "\(stem).\(map).png" }
  static func numbers(_ stem: String) -> String { stem + ".js" }

  /// The picture: tiny ones as they are, photos as JPEG.
  static func picture(_ stem: String, isTiny: Bool) -> String {
    stem + ".picture" + (isTiny ? ".png" : ".jpg")
  }
}

/// How large a picture is on the page.
struct ShownSize {
  let width: Int
  let height: Int

  /// Tiny pictures are shown pixel by pixel.
  let isTiny: Bool

  /// The longest side of a picture that is shown as it is, and that of all others.
  private static let tiny = 96
  private static let largest = 448

  init(width: Int, height: Int) {
    isTiny = max(width, height) <= Self.tiny
    let scale = min(1, Double(Self.largest) / Double(max(width, height)))
    self.width = max(1, Int((Double(width) * scale).rounded()))
    self.height = max(1, Int((Double(height) * scale).rounded()))
  }
}
