/// A value of the ONNX graph that is known when the model is loaded: a weight, or shape arithmetic.
struct Constant: Sendable {
  enum Storage: Sendable {
    case floats([Float])
    case integers([SymbolicInteger])

    /// Numbers of the file that nobody has converted yet.
    case stored(StoredTensor)
  }

  let axes: [Int]
  let storage: Storage

  /// The initialiser's name, by which two users of one weight share it.
  let name: String?

  init(axes: [Int], floats: [Float]) {
    precondition(floats.count == Self.count(axes), "\(floats.count) numbers for \(axes)")
    self.axes = axes
    storage = .floats(floats)
    name = nil
  }

  init(axes: [Int], integers: [SymbolicInteger]) {
    precondition(integers.count == Self.count(axes), "\(integers.count) numbers for \(axes)")
    self.axes = axes
    storage = .integers(integers)
    name = nil
  }

  init(_ tensor: StoredTensor, name: String) {
    axes = tensor.shape
    storage = .stored(tensor)
    self.name = name
  }

  private init(axes: [Int], storage: Storage) {
    self.axes = axes
    self.storage = storage
    name = nil
  }

  static func count(_ axes: [Int]) -> Int { axes.reduce(1, *) }

  var count: Int { Self.count(axes) }

  var isFloat: Bool {
    switch storage {
    case .floats: true
    case .integers: false
    case .stored(let tensor): tensor.elementType.isFloat
    }
  }

  /// The numbers as floats, in order.
  func floats() throws(NodeProblem) -> [Float] {
    switch storage {
    case .floats(let values): return values
    case .stored(let tensor): return tensor.floats()
    case .integers(let values):
      var floats: [Float] = []
      for value in values {
        guard let known = value.known else { throw .lengthDependsOnBatch }
        floats.append(Float(known))
      }
      return floats
    }
  }

  /// The numbers of shape arithmetic; lists of more than a million are none.
  func integers() throws(NodeProblem) -> [SymbolicInteger] {
    switch storage {
    case .integers(let values): return values
    case .floats(let values):
      guard count <= ReadingLimits.foldedElements else { throw .tooLarge(axes: axes) }
      return values.map { SymbolicInteger(Int(saturating: $0)) }
    case .stored(let tensor):
      guard count <= ReadingLimits.foldedElements else { throw .tooLarge(axes: axes) }
      return tensor.integers().map(SymbolicInteger.init)
    }
  }

  /// The same numbers under other axes.
  func reshaped(_ axes: [Int]) -> Constant {
    precondition(Self.count(axes) == count, "\(self.axes) as \(axes)")
    return Constant(axes: axes, storage: storage)
  }

  /// The elements at `indices` of the flat order, as a constant of `axes`.
  func picking(_ indices: [Int], axes: [Int]) throws(NodeProblem) -> Constant {
    if isFloat {
      let values = try floats()
      return Constant(axes: axes, floats: indices.map { values[$0] })
    }
    let values = try integers()
    return Constant(axes: axes, integers: indices.map { values[$0] })
  }

  /// What its numbers take in memory.
  var bytes: Int {
    switch storage {
    case .floats: 4 * count
    case .integers: MemoryLayout<SymbolicInteger>.stride * count
    case .stored: 0
    }
  }
}
