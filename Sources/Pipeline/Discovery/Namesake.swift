import Imaging
import Paths

/// Pictures in one folder whose names differ only in their endings, such as `3.png` and `3.jpg`.
enum Namesake {
  private static let endings = ImageFormat.allCases.flatMap(\.endings)
    .flatMap { [$0, $0.uppercased()] }

  /// Whether there is another one than this.
  static func exists(besides path: String) -> Bool {
    let stem = path.withoutFileEnding
    if stem.endIndex == path.endIndex { return false }
    let own = FileIdentity(path)
    return endings.contains { ending in
      FileIdentity(stem + "." + ending).map { $0 != own } ?? false
    }
  }
}
