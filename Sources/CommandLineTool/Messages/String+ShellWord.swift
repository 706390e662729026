extension String {
  /// As a word that a shell takes as it is, in quotes where it has to be.
  var shellWord: String {
    let plain = unicodeScalars.allSatisfy { scalar in
      scalar.properties.isAlphabetic || "0123456789_-./+:@%,=".unicodeScalars.contains(scalar)
    }
    return plain && !isEmpty && !hasPrefix("-")
      ? self : "'" + replacing("'", with: "'\\''") + "'"
  }
}
