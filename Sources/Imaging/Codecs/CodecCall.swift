import CImageCodecs

/// What one call of the C codecs left behind.
struct CodecOutcome {
  let status: CImageCodecsStatus
  let message: String
  let completeRows: Int
  let isPartial: Bool
  let complaints: Int
  let trailingBytes: Int

  /// Makes the call, lending it a report with room for the library's message.
  init(of call: (UnsafeMutablePointer<CImageCodecsReport>) -> CImageCodecsStatus) {
    // libjpeg's messages have at most 200 characters, libpng's 196.
    let capacity = 256
    self = unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: capacity) { buffer in
      unsafe buffer.initialize(repeating: 0)
      var report = unsafe CImageCodecsReport(
        message: buffer.baseAddress!, messageCapacity: capacity, completeRows: 0,
        isPartial: false, complaints: 0, trailingBytes: 0)
      let status = unsafe call(&report)
      return unsafe CodecOutcome(
        status: status, message: String(cString: report.message),
        completeRows: Int(report.completeRows), isPartial: report.isPartial,
        complaints: Int(report.complaints), trailingBytes: report.trailingBytes)
    }
  }

  private init(
    status: CImageCodecsStatus, message: String, completeRows: Int, isPartial: Bool,
    complaints: Int, trailingBytes: Int
  ) {
    self.status = status
    self.message = message
    self.completeRows = completeRows
    self.isPartial = isPartial
    self.complaints = complaints
    self.trailingBytes = trailingBytes
  }
}
