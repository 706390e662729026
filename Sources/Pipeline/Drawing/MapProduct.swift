/// What can be written of a map.
public enum MapProduct: String, Sendable, Hashable, CaseIterable {
  /// The map over the user's picture.
  case overlay

  /// The map alone, at the size of the model's input.
  case heatmap

  /// Picture, map, overlay, colour bar, prediction and settings on one sheet.
  case panel

  /// The picture where the map is largest, pale elsewhere.
  case top

  /// The picture with lines around the parts in which the map is largest.
  case contour

  /// The picture with the map as its opacity.
  case masked

  /// The raw numbers.
  case npy

  /// What follows the method's name in the file's name.
  var ending: String {
    switch self {
    case .overlay: ".png"
    case .heatmap: ".heatmap.png"
    case .panel: ".panel.png"
    case .top: ".top.png"
    case .contour: ".contour.png"
    case .masked: ".masked.png"
    case .npy: ".npy"
    }
  }
}
