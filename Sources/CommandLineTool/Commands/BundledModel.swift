import CBundledModel

/// The digit classifier inside the program.
enum BundledModel {
  /// As records name it.
  static let name = "digits.onnx"

  /// The ONNX file, where the program has it.
  static var bytes: UnsafeBufferPointer<UInt8> {
    unsafe UnsafeBufferPointer(start: CBundledModel_bytes(), count: CBundledModel_count())
  }
}
