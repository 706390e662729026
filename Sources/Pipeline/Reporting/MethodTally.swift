import Attribution
import Rendering

/// What all maps of a run by one method have in common, and what not.
struct MethodTally {
  let name: String
  private var settings: [(name: String, value: SettingValue?)]
  private var drawings: Set<Drawing> = []

  /// How a map was drawn, but for the magnitude, which is its own.
  private struct Drawing: Hashable {
    let colorMap: ColorMap
    let isSigned: Bool
    let words: String
  }

  init(_ map: MapRecord) {
    name = map.method
    settings = map.settings.map { ($0.name, $0.value) }
    if let drawing = map.drawing, let colorMap = ColorMap(rawValue: drawing.colorMap) {
      drawings = [
        Drawing(colorMap: colorMap, isSigned: drawing.isSigned, words: drawing.scaleWords)
      ]
    }
  }

  mutating func add(_ other: MethodTally) {
    for setting in other.settings where !settings.contains(where: { $0.name == setting.name }) {
      settings.append((setting.name, nil))
    }
    for place in settings.indices {
      let value = other.settings.first { $0.name == settings[place].name }?.value
      if value != settings[place].value { settings[place].value = nil }
    }
    drawings.formUnion(other.drawings)
  }

  /// The settings as people write them; what is not the same for all pictures varies.
  var settingsText: String {
    settings.map { "\($0.name)=\($0.value.map { "\($0)" } ?? "varies")" }.joined(separator: ", ")
  }

  /// The colours of the method's maps, those with signs first.
  var colorBars: [ColorBar] {
    let bars = Set(
      drawings.map { ColorBar($0.colorMap, ShownSigns($0.colorMap, isSigned: $0.isSigned)) })
    let sorted = bars.sorted {
      ($0.signs == .both ? 0 : 1, $0.colorMap.rawValue) < (
        $1.signs == .both ? 0 : 1, $1.colorMap.rawValue
      )
    }
    return sorted.isEmpty ? [ColorBar(.redBlue, .both)] : sorted
  }

  /// What the ends of the colours stand for.
  var scaleText: String {
    let words = Set(drawings.map(\.words)).sorted().joined(separator: ", or ")
    return "The full colour stands for the number under each picture"
      + (words.isEmpty ? "" : ", \(words)") + "; beyond it the colour stays the same."
  }
}
