/// A whole number of shape arithmetic that may depend on the batch size: `constant + perSample · N`.
///
/// Exporters compute shapes from the shapes of values, whose first length is the batch size. That
/// one is ours to choose, so it stays a symbol: a model exported with one sample, or with sixteen,
/// runs with any number.
struct SymbolicInteger: Hashable, Sendable {
  var constant: Int
  var perSample: Int = 0

  /// The batch size itself.
  static let batch = SymbolicInteger(constant: 0, perSample: 1)

  var isConstant: Bool { perSample == 0 }

  /// The number, if it does not depend on the batch size.
  var known: Int? { isConstant ? constant : nil }

  /// The number for so many samples; without them only one that does not depend on how many.
  func value(batch: Int?) -> Int? {
    guard let batch, !isConstant else { return known }
    let (dependent, overflow) = perSample.multipliedReportingOverflow(by: batch)
    let (sum, overflow2) = constant.addingReportingOverflow(dependent)
    return overflow || overflow2 ? nil : sum
  }

  init(_ constant: Int) { self.constant = constant }

  init(constant: Int, perSample: Int) {
    self.constant = constant
    self.perSample = perSample
  }
}

extension SymbolicInteger {
  /// `a + b`; nothing on overflow.
  static func sum(_ a: SymbolicInteger, _ b: SymbolicInteger) -> SymbolicInteger? {
    let (constant, overflow) = a.constant.addingReportingOverflow(b.constant)
    let (perSample, overflow2) = a.perSample.addingReportingOverflow(b.perSample)
    return overflow || overflow2
      ? nil : SymbolicInteger(constant: constant, perSample: perSample)
  }

  /// `a · b`; nothing on overflow or if both depend on the batch size.
  static func product(_ a: SymbolicInteger, _ b: SymbolicInteger) -> SymbolicInteger? {
    guard a.isConstant || b.isConstant else { return nil }
    let (symbolic, factor) = a.isConstant ? (b, a.constant) : (a, b.constant)
    let (constant, overflow) = symbolic.constant.multipliedReportingOverflow(by: factor)
    let (perSample, overflow2) = symbolic.perSample.multipliedReportingOverflow(by: factor)
    return overflow || overflow2
      ? nil : SymbolicInteger(constant: constant, perSample: perSample)
  }

  /// `a / b`, rounded towards zero as ONNX does; nothing if it depends on the batch size and is not
  /// exact, or `b` is zero or does.
  static func quotient(_ a: SymbolicInteger, _ b: SymbolicInteger) -> SymbolicInteger? {
    if a == b, !a.isConstant { return SymbolicInteger(1) }
    guard let divisor = b.known, divisor != 0 else { return nil }
    if let dividend = a.known {
      let (quotient, overflow) = dividend.dividedReportingOverflow(by: divisor)
      return overflow ? nil : SymbolicInteger(quotient)
    }
    guard divisor != -1, a.constant % divisor == 0, a.perSample % divisor == 0 else { return nil }
    return SymbolicInteger(constant: a.constant / divisor, perSample: a.perSample / divisor)
  }
}
