import FoundationEssentials
import Imaging
import Paths
import Rendering

extension ReportBuilder {
  /// What the page shows of one image.
  func image(
    _ record: ExplanationRecord, truth: String?, isInside: Bool
  ) throws -> ReportImage {
    switch record.outcome {
    case .failed(let reason):
      return ReportImage(path: record.path, outcome: .failed(reason: reason))
    case .explained(let explained):
      guard let stem = explained.reportFiles else {
        throw ReportError.noPictures(folder: folder)
      }
      if !isInside { try requireFiles(explained, stem) }
      func picture(_ name: String, _ format: ImageFormat) throws -> HTMLPicture {
        isInside ? .inside(bytes: try bytes(name), format: format) : .file(path: name)
      }
      let name = pictureName(explained, stem)
      let layers = try explained.maps.indices.map { map in
        explained.maps[map].hasColors
          ? try picture(ReportFolder.layer(stem, map: map), .png) : nil
      }
      return ReportImage(
        path: record.path,
        outcome: .explained(
          .init(
            explained, truth: truth,
            picture: try picture(name, name.fileEnding == "png" ? .png : .jpeg), layers: layers,
            values: isInside ? try numbers(stem) : nil,
            valuesFile: isInside ? nil : ReportFolder.numbers(stem))))
    }
  }

  func numbers(_ stem: String) throws -> MapValues {
    let name = ReportFolder.numbers(stem)
    guard let values = MapValues(script: try bytes(name)) else {
      throw ReportError.damaged(path: folder + "/" + name)
    }
    return values
  }

  func bytes(_ name: String) throws -> [UInt8] {
    let path = folder + "/" + name
    guard let data = try? Data(contentsOf: URL(filePath: path)) else {
      throw ReportError.damaged(path: path)
    }
    return Array(data)
  }
}
