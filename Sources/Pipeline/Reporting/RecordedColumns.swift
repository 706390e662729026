import Attribution

/// What a run's maps are called on its page: by their methods, and by what parts those that share
/// one. Maps stand method by method, within a method target by target.
struct RecordedColumns: Equatable {
  let names: [String]

  init(_ maps: [MapRecord]) {
    var variants: [String: [[AttributionRecord.Setting]]] = [:]
    var ranks: [String: Int] = [:]
    names = maps.map { map in
      var known = variants[map.method, default: []]
      let variant: Int
      if let found = known.firstIndex(of: map.settings) {
        variant = found
      } else {
        variant = known.count
        known.append(map.settings)
        variants[map.method] = known
      }
      var name = map.method
      if variant > 0 { name += " (\(variant + 1))" }
      ranks[name, default: 0] += 1
      if let rank = ranks[name], rank > 1 { name += ", class \(rank)" }
      return name
    }
  }
}

extension MapRecord {
  /// The settings as people write them.
  var settingsText: String {
    settings.map { "\($0.name)=\($0.value)" }.joined(separator: ", ")
  }
}

extension TargetRecord {
  /// What is explained, in a word.
  var text: String {
    switch target {
    case .logit, .probability: labels[0]
    case .contrast: "\(labels[0]), not \(labels[1])"
    }
  }
}
