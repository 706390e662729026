import FoundationEssentials

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The digit classifier that comes with the program.
enum BundledModel {
  static let name = "digits.onnx"

  /// Where it is: beside an installed program (`bin/whylight` and `share/whylight/models`), or in the
  /// source tree that the program was built in.
  static func path() throws(BundledModelError) -> String {
    guard let executable = executablePath() else { throw .missing(searched: []) }
    let candidates = candidates(for: executable)
    guard let found = candidates.first(where: { FileManager.default.fileExists(atPath: $0) })
    else { throw .missing(searched: candidates) }
    return found
  }

  /// The places to look in, in order.
  static func candidates(for executable: String) -> [String] {
    var folders = executable.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    var candidates = [
      (folders.dropLast() + ["share", "whylight", "models", name[...]]).joined(separator: "/")
    ]
    // `.build/x86_64-unknown-linux-gnu/release/whylight` lies three folders deep; tests and nested
    // packages lie deeper.
    for _ in 0..<8 where folders.count > 1 {
      candidates.append((folders + ["models", name[...]]).joined(separator: "/"))
      folders = folders.dropLast()
    }
    return candidates
  }

  /// The program's own file, links followed.
  private static func executablePath() -> String? {
    #if canImport(Darwin)
      var size: UInt32 = 4096
      var buffer = [CChar](repeating: 0, count: Int(size))
      guard unsafe _NSGetExecutablePath(&buffer, &size) == 0 else { return nil }
      let start = buffer
    #else
      let start = Array("/proc/self/exe".utf8CString)
    #endif
    guard let resolved = unsafe realpath(start, nil) else { return nil }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }
}

/// The bundled model is not where it should be.
enum BundledModelError: DescribedError {
  case missing(searched: [String])

  var sentence: String {
    switch self {
    case .missing(let searched):
      "The bundled model is missing; it was looked for in \(searched.joined(separator: ", ")). "
        + "Name a model instead."
    }
  }
}
