extension ValueSyntax where Value == Int {
  /// A whole number within bounds.
  static func integer(in range: ClosedRange<Int>, placeholder: String = "N") -> Self {
    Self(placeholder: placeholder, expectation: .wholeNumber(range)) { text in
      Int(text).flatMap { range.contains($0) ? $0 : nil }
    }
  }

  /// A number of pixels, `250000` or shorter `250k`, `64M`, `1G` (powers of ten).
  static var pixelCount: Self { largeCount(.pixelCount) }

  /// A number of bytes, written alike.
  static var byteCount: Self { largeCount(.byteCount) }

  private static func largeCount(_ expectation: Expectation) -> Self {
    Self(placeholder: "N", expectation: expectation) { text in
      let factors: [Character: Int] = ["k": 1_000, "M": 1_000_000, "G": 1_000_000_000]
      let factor = text.last.flatMap { factors[$0] }
      guard let number = Int(factor == nil ? text : String(text.dropLast())), number > 0 else {
        return nil
      }
      let (count, isTooLarge) = number.multipliedReportingOverflow(by: factor ?? 1)
      return isTooLarge ? nil : count
    }
  }
}

extension ValueSyntax where Value == Double {
  /// A finite number within bounds.
  static func number(in range: ClosedRange<Double>, placeholder: String = "X") -> Self {
    Self(placeholder: placeholder, expectation: .number(range)) { text in
      Double(text).flatMap { range.contains($0) ? $0 : nil }
    }
  }
}

extension ValueSyntax where Value == Duration {
  /// A length of time above zero: `90` or `90s`, `1.5m`, `2h`, `250ms`.
  static var duration: Self {
    Self(placeholder: "TIME", expectation: .duration) { text in
      let units: [(suffix: String, seconds: Double)] = [
        ("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600),
      ]
      let unit = units.first { text.hasSuffix($0.suffix) }
      guard let number = Double(text.dropLast(unit?.suffix.count ?? 0)), number > 0,
        number < 1e9
      else { return nil }
      return .seconds(number * (unit?.seconds ?? 1))
    }
  }
}

extension ValueSyntax where Value == [Int] {
  /// Whole numbers with commas between them: `32,64,128`.
  static func integers(in range: ClosedRange<Int>, placeholder: String = "N,N…") -> Self {
    Self(placeholder: placeholder, expectation: .wholeNumbers(range)) { text in
      let numbers = text.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
      let accepted = numbers.compactMap { $0 }.filter(range.contains)
      return accepted.count == numbers.count ? accepted : nil
    }
  }
}
