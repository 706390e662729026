import Attribution
import Rendering

/// How a picture's maps are laid out, and what they are called: maps stand method by method, within a
/// method target by target.
struct RecordedColumns: Equatable {
  /// The methods, those that are used more than once numbered.
  let methods: [String]
  let targets: Int

  init(_ maps: [MapRecord]) {
    // Each method's maps begin with that of the first target.
    let targets =
      maps.dropFirst().firstIndex { $0.target.target == maps[0].target.target } ?? maps.count
    self.targets = max(1, targets)
    methods = stride(from: 0, to: maps.count, by: self.targets).map { maps[$0].method }
      .numberingRepetitions { "\($0) (\($1))" }
  }

  /// The first map of each method, which is of the picture's likeliest class where there are several;
  /// what is the second likeliest is one class for this picture and another for that.
  var firstMaps: [Int] { methods.indices.map { $0 * targets } }

  func number(ofMap index: Int) -> Int { index / targets }
  func method(ofMap index: Int) -> String { methods[number(ofMap: index)] }

  /// The names of all maps.
  var names: [String] {
    methods.flatMap { method in
      (0..<targets).map { $0 == 0 ? method : "\(method), \(Self.rank($0))" }
    }
  }

  /// Which class a map is about, where there are maps of several.
  func target(ofMap index: Int, _ record: TargetRecord) -> String? {
    targets == 1 ? nil : "\(Self.rank(index % targets)): \(record.text)"
  }

  private static func rank(_ number: Int) -> String {
    number == 0 ? "likeliest" : Ordinal.text(number + 1) + " likeliest"
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
