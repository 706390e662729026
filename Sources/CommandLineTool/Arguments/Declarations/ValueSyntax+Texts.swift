import Paths

extension ValueSyntax where Value == String {
  /// Any text but an empty one.
  static func text(placeholder: String) -> Self {
    Self(placeholder: placeholder, expectation: .text, read: nonEmpty)
  }

  /// The name of a file; a shell completes those with one of the extensions.
  static func file(extensions: [String] = [], placeholder: String = "FILE") -> Self {
    Self(
      placeholder: placeholder, completion: .files(extensions: extensions), expectation: .text,
      read: nonEmpty)
  }

  /// The name of a folder, without the slashes that it may end in.
  static func folder(placeholder: String = "DIR") -> Self {
    Self(placeholder: placeholder, completion: .folders, expectation: .text) {
      nonEmpty($0)?.withoutLastSlashes
    }
  }

  @Sendable private static func nonEmpty(_ text: String) -> String? { text.isEmpty ? nil : text }
}

extension ValueSyntax where Value: CaseIterable & RawRepresentable, Value.RawValue == String {
  /// One of the cases of an enum, by its raw value.
  static func choice(of type: Value.Type, placeholder: String) -> Self {
    let names = type.allCases.map(\.rawValue)
    return Self(
      placeholder: placeholder, completion: .choices(names), expectation: .oneOf(names),
      read: Value.init(rawValue:))
  }
}

/// A width and a height in pixels, `640x480`.
struct PixelSize: Sendable, Equatable {
  let width: Int
  let height: Int
}

extension ValueSyntax where Value == PixelSize {
  static var pixelSize: Self {
    Self(placeholder: "WxH", expectation: .pixelSize) { text in
      let parts = text.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
      guard parts.count == 2, let width = parts[0], let height = parts[1],
        (1...65_535).contains(width), (1...65_535).contains(height)
      else { return nil }
      return PixelSize(width: width, height: height)
    }
  }
}
