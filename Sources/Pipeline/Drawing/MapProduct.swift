/// What can be written of a map.
public enum MapProduct: String, Sendable, Hashable, CaseIterable {
  /// The map over the user's picture.
  case overlay

  /// The map alone, at the size of the model's input.
  case heatmap

  /// Picture, map, overlay, colour bar, prediction and settings on one sheet.
  case panel

  /// The raw numbers.
  case npy

  /// What follows the method's name in the file's name.
  var ending: String {
    switch self {
    case .overlay: ".png"
    case .heatmap: ".heatmap.png"
    case .panel: ".panel.png"
    case .npy: ".npy"
    }
  }
}
