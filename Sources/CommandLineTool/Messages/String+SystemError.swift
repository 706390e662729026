import Glibc

extension String {
  /// The system's words for one of its error numbers.
  init(systemError number: Int32) {
    guard let text = unsafe strerror(number) else {
      self = "error \(number)"
      return
    }
    self = unsafe String(cString: text)
  }
}
