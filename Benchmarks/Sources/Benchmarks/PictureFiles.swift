import Imaging
import Synchronization
import Tensors

/// Decoding pictures and encoding their overlays, and nothing else: what a run of `explain` is held
/// against.
///
///   swift run -c release Benchmarks pictures FOLDER PICTURES... -- OVERLAYS...
///
/// What is written goes to FOLDER. Overlay number `k` is encoded after picture number `k` was
/// decoded, as the run wrote it: its squares as pixels, with its text.
struct PictureFiles {
  private let pictures: [String]
  private let overlays: [Overlay]

  private struct Overlay: Sendable {
    let pixels: Image
    let options: PNGOptions
  }

  /// - Parameter words: paths of pictures, `--`, and as many paths of overlays.
  init?(_ words: [String], workers: Workers) {
    let parts = words.split(separator: "--", omittingEmptySubsequences: false).map(Array.init)
    guard parts.count == 2, parts[0].count == parts[1].count, !parts[0].isEmpty else { return nil }
    pictures = parts[0]
    let paths = parts[1]
    let read = workers.map(paths.count) { try? Self.overlay(paths[$0]) }
    overlays = read.compactMap { $0 }
    guard overlays.count == pictures.count else { return nil }
  }

  /// The pixels that were enlarged, found as the largest squares of one colour that tile the picture.
  private static func overlay(_ path: String) throws -> Overlay {
    let decoded = try ImageFile.read(path)
    let image = decoded.image.converted(to: .rgb)
    let zoom =
      (2...64).reversed().first { side in
        guard image.width % side == 0, image.height % side == 0 else { return false }
        let small = image.resized(
          width: image.width / side, height: image.height / side, method: .nearest)
        return small.resized(width: image.width, height: image.height, method: .nearest) == image
      } ?? 1
    let pixels = image.resized(
      width: image.width / zoom, height: image.height / zoom, method: .nearest)
    return Overlay(pixels: pixels, options: PNGOptions(zoom: zoom, texts: decoded.texts))
  }

  /// Pictures a second on all threads, without writing and with it.
  func rates(_ workers: Workers, writingTo folder: String) -> (encoding: Double, writing: Double) {
    (rate(workers, folder: nil), rate(workers, folder: folder))
  }

  private func rate(_ workers: Workers, folder: String?) -> Double {
    let bytes = Atomic(0)
    let clock = ContinuousClock()
    let time = clock.measure {
      workers.forEach(pictures.count) { _, number in
        let overlay = overlays[number]
        guard let picture = try? ImageFile.read(pictures[number]).image,
          let file = try? ImageEncoder.png(overlay.pixels, overlay.options)
        else { return }
        bytes.add(picture.width + file.count, ordering: .relaxed)
        guard let folder else { return }
        try? AtomicFile.write(file, to: "\(folder)/\(number).png", surviving: .processEnd)
      }
    }
    return Double(pictures.count) / (time / .seconds(1))
  }
}
