import Attribution
import Imaging
import Synchronization
public import Tensors

extension ExplanationRun {
  /// The largest magnitude of each method's maps over all jobs, so that one scale holds for a run.
  ///
  /// Everything is computed for this and again when it is drawn: kept maps of a folder of any size
  /// would fill memory or disk. Pictures that cannot be read or answered are passed over here.
  public func magnitudes(
    of jobs: some JobSource, workers: Workers, goesOn: @escaping @Sendable () -> Bool
  ) throws -> [Double] {
    let largest = Mutex(Array(repeating: 0.0, count: explainer.methods.count))
    let failure = Mutex<(any Error)?>(nil)
    let large = LargePictures(
      explainer.network, threads: workers.count, returnFreedMemory: returnFreedMemory)
    workers.forEach(workers.count) { _, _ in
      let session = NetworkSession(explainer.network)
      while goesOn(), failure.withLock({ $0 == nil }), let block = jobs.take() {
        let prepared = block.jobs.compactMap { job in
          (try? ImageFile.read(job.path, options: explainer.preparation.decoding))
            .map { explainer.preparation.prepare($0) }
        }
        if prepared.isEmpty { continue }
        do {
          let results = try jobs.blockSize.learning {
            prepared.contains(where: \.isLarge)
              ? try large.compute { try explainer.explain(prepared, on: $0) }
              : try explainer.explain(prepared, on: session)
          }
          for result in results {
            guard case .success(let explanation) = result else { continue }
            let targets = explanation.maps.count / explainer.methods.count
            for (index, map) in explanation.maps.enumerated() {
              let own = drawing.plane(of: map, explanation.prepared).magnitude
              largest.withLock { $0[index / targets] = max($0[index / targets], own) }
            }
          }
        } catch {
          failure.withLock { $0 = $0 ?? error }
        }
      }
    }
    if let error = failure.withLock({ $0 }) { throw error }
    return largest.withLock { $0 }
  }
}
