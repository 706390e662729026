import Attribution
import FoundationEssentials
import Imaging
import Synchronization
public import Tensors

/// Explains many pictures and writes what is asked for: decoding, computing, drawing and writing go
/// on side by side on all threads, memory stays the same however many pictures there are, and records
/// come in the order of the pictures.
public struct ExplanationRun: Sendable {
  public let explainer: Explainer

  /// How records name the model.
  public let model: ModelRecord

  /// What is written of each map.
  public let products: Set<MapProduct>
  public let drawing: DrawingSettings
  public let output: OutputFolder

  /// Gives memory that was freed back to the system, where the process keeps it: called before large
  /// pictures are computed, which need what the last ones took to be drawn.
  public var returnFreedMemory: @Sendable () -> Void = {}

  /// The full colours of the run's methods, where they were found beforehand.
  public var magnitudes: [Double]?

  /// Whether it leaves what ``ReportBuilder`` makes a page of.
  public let makesPage: Bool
  let names: MapNames

  /// - Parameter makesPage: whether it leaves what ``ReportBuilder`` makes a page of.
  public init(
    _ explainer: Explainer, model: ModelRecord, products: Set<MapProduct>,
    drawing: DrawingSettings, output: OutputFolder, makesPage: Bool = false
  ) {
    self.explainer = explainer
    self.model = model
    self.products = products
    self.drawing = drawing
    self.output = output
    self.makesPage = makesPage
    names = MapNames(methods: explainer.methods.map(\.description.name))
  }

  /// Whether all files of a picture are there, and made since the picture was; of those for the page,
  /// the one that is written last.
  public func hasWritten(_ job: ExplanationJob) -> Bool {
    var files = drawnFiles.files(job.name)
    if makesPage { files.append(ReportFolder.numbers(ReportFolder.stem(of: job))) }
    // A link may have come to lead elsewhere.
    let picture = [true, false].compactMap { FileState(job.path, followsLink: $0) }
    return files.allSatisfy { name in
      guard let file = FileState(output.path + "/" + name) else { return false }
      return !picture.contains { $0.isNewer(than: file) }
    }
  }

  /// The files that it draws of its pictures.
  public var drawnFiles: DrawnFiles {
    DrawnFiles(in: output) {
      names.files($0, targets: explainer.targetCount, products: products)
    }
  }

  /// Works on all jobs, or until `goesOn` says no.
  ///
  /// - Parameters:
  ///   - describe: a failure in words, for the record.
  ///   - consume: gets the records in order, one at a time, from any thread.
  /// - Throws: what stops the whole run: a method that does not suit the model, a file that cannot
  ///   be written.
  public func run(
    _ jobs: some JobSource, workers: Workers,
    describe: @escaping @Sendable (PictureProblem) -> String,
    goesOn: @escaping @Sendable () -> Bool,
    consume: @escaping @Sendable (ExplanationRecord) throws -> Void
  ) throws {
    if makesPage { try output.markPageFiles() }
    let stop = StopReason()
    let delivery = InOrder<ExplanationRecord> { record in
      if stop.hasStopped { return }
      do { try consume(record) } catch { stop.set(error) }
    }
    let large = LargePictures(
      explainer.network, threads: workers.count, returnFreedMemory: returnFreedMemory)
    let work = { @Sendable (workers: Workers?) in
      let worker = ExplanationWorker(
        run: self, session: NetworkSession(explainer.network, workers: workers),
        writer: ExplanationWriter(run: self, workers: workers), describe: describe,
        goesOn: { !stop.hasStopped && goesOn() }, blockSize: jobs.blockSize, large: large)
      while !stop.hasStopped, goesOn(), let block = jobs.take() {
        do {
          try worker.explain(block) { delivery.deliver($0, $1) }
        } catch {
          stop.set(error)
        }
      }
    }
    // A picture is the best unit of work for a thread, unless there are too few of them.
    if let count = jobs.count, count < 2 * workers.count {
      work(workers)
    } else {
      workers.forEach(workers.count) { _, _ in work(nil) }
    }
    if let error = stop.error { throw error }
  }
}

/// The first error that ends a run.
private final class StopReason: Sendable {
  private let first = Mutex<(any Error)?>(nil)
  private let flag = Atomic(false)

  var hasStopped: Bool { flag.load(ordering: .acquiring) }
  var error: (any Error)? { first.withLock { $0 } }

  func set(_ error: any Error) {
    first.withLock { if $0 == nil { $0 = error } }
    flag.store(true, ordering: .releasing)
  }
}
