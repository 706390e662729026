/// What stands between a picture's name and the ending of a map's file: the method, numbered where
/// it is used more than once, and the target's rank from the second on.
struct MapNames: Sendable {
  private let methods: [String]

  init(methods names: [String]) {
    methods = names.numberingRepetitions { "\($0)-\($1)" }
  }

  /// - Parameters:
  ///   - index: among a picture's maps, method by method.
  ///   - count: of that picture's maps.
  func suffix(_ index: Int, of count: Int) -> String {
    let targets = count / methods.count
    let (method, target) = (index / targets, index % targets)
    return "." + methods[method] + (target == 0 ? "" : ".top\(target + 1)")
  }

  /// All files of one picture.
  func files(_ name: String, targets: Int, products: Set<MapProduct>) -> [String] {
    (0..<targets * methods.count).flatMap { index in
      products.map { name + suffix(index, of: targets * methods.count) + $0.ending }
    }
  }
}

extension Sequence<String> {
  /// The names, those that came before given their number: the second of its name, the third.
  func numberingRepetitions(_ numbered: (_ name: String, _ number: Int) -> String) -> [String] {
    var counts: [String: Int] = [:]
    return map { name in
      let number = counts[name, default: 0] + 1
      counts[name] = number
      return number == 1 ? name : numbered(name, number)
    }
  }
}
