import FoundationEssentials
import Paths
import Tensors

/// Which part of a data set that comes in two parts.
public enum DataSetPart: String, Sendable, CaseIterable {
  case training = "train"
  case test
}

extension DataSet {
  /// The images of one IDX file with the labels of another.
  ///
  /// Classes are the numbers from zero to the largest label, or as many as `classes` says. One file
  /// holds all images, so they are kept in memory or, above the budget, refused.
  public static func idx(
    images: String, labels: String, classes: Int? = nil, memoryBudget: Int = 1 << 30
  ) throws(DataSetError) -> DataSet {
    let pictures = try IDXFile(images, limit: memoryBudget)
    let numbers = try IDXFile(labels)
    guard (3...4).contains(pictures.axes.count) else {
      throw .wrongAxes(path: images, found: pictures.axes)
    }
    guard numbers.axes.count == 1 else { throw .wrongAxes(path: labels, found: numbers.axes) }
    guard pictures.axes[0] == numbers.axes[0] else {
      throw .countsDiffer(
        images: pictures.axes[0], path: images, labels: numbers.axes[0], labelPath: labels)
    }
    let count = classes ?? Int(numbers.bytes.max() ?? 0) + 1
    if let sample = numbers.bytes.firstIndex(where: { Int($0) >= count }) {
      throw .labelOutOfRange(
        path: labels, sample: sample, label: Int(numbers.bytes[sample]), classes: count)
    }
    guard count > 1 else { throw .oneClass(name: "0") }
    let axes = Array(pictures.axes.dropFirst())
    return DataSet(
      shape: Shape(axes.count == 2 ? [1] + axes : axes), classes: (0..<count).map(String.init),
      labels: numbers.bytes.map(Int.init), bytes: pictures.bytes)
  }

  /// The IDX files of a folder under the names that MNIST, Fashion-MNIST and EMNIST gave them, or
  /// nothing if they are not there.
  public static func mnist(
    folder: String, part: DataSetPart, memoryBudget: Int = 1 << 30
  ) throws(DataSetError) -> DataSet? {
    let word = part == .training ? "train" : "t10k"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    func find(_ kind: String) -> String? {
      names.filter {
        ($0.hasPrefix(word) || $0.contains("-\(part.rawValue)-")) && $0.contains(kind)
      }
      .min().map { folder.appendingPath($0) }
    }
    guard let images = find("images"), let labels = find("labels") else { return nil }
    return try idx(images: images, labels: labels, memoryBudget: memoryBudget)
  }
}
