import CBundledModel

/// The digit classifier inside the program.
enum BundledModel {
  /// As records name it.
  static let name = "digits.onnx"

  /// The ONNX file.
  static var bytes: [UInt8] {
    unsafe Array(
      UnsafeBufferPointer(start: CBundledModel_bytes(), count: CBundledModel_count()))
  }
}
