import Synchronization
import Tensors
import TestSupport
import Testing

@testable import Pipeline

@Suite struct FolderClaimTests {
  private static let whole = FolderClaim.Role.whole
  private static func shard(_ text: String) -> FolderClaim.Role { .init(Shard(text)) }

  /// What a second run hears: nothing if it may not be there.
  @Test(
    arguments: [
      (whole, whole, nil), (whole, .filter, nil), (whole, shard("1/2"), nil),
      (.filter, whole, nil), (.filter, .filter, true), (.filter, shard("1/1"), nil),
      (shard("1/2"), whole, nil), (shard("1/2"), .filter, nil), (shard("1/2"), shard("1/2"), nil),
      (shard("1/2"), shard("2/2"), true), (shard("1/2"), shard("2/3"), nil),
      (shard("2/3"), shard("1/2"), nil),
      (shard("1/1073741824"), shard("1073741824/1073741824"), true),
    ] as [(FolderClaim.Role, FolderClaim.Role, Bool?)])
  func whoMayBeBesideWhom(
    _ first: FolderClaim.Role, _ second: FolderClaim.Role, isJoined: Bool?
  ) async throws {
    try await withTemporaryFolder { folder in
      var claim: FolderClaim? = try FolderClaim(folder)
      #expect(try claim?.enter(as: first) == false)
      #expect((try? FolderClaim(folder).enter(as: second)) == isJoined)
      claim = nil
      // A claim ends with its owner.
      #expect(try FolderClaim(folder).enter(as: second) == false)
    }
  }

  @Test func theLastToLeaveKnowsIt() async throws {
    try await withTemporaryFolder { folder in
      let claims = try (0..<3).map { _ in try FolderClaim(folder) }
      for claim in claims { try claim.enter(as: .filter) }
      #expect(claims.map { $0.leave(.filter) } == [true, true, false])
      #expect(try FolderClaim(folder).enter(as: .whole) == false)
    }
  }

  @Test func oneAtATimeHasTheTurn() async throws {
    try await withTemporaryFolder { folder in
      let inside = Atomic(0)
      let most = Atomic(0)
      Workers(count: 4).forEach(200) { _, _ in
        guard let claim = try? FolderClaim(folder) else { return }
        claim.inTurn {
          most.max(inside.add(1, ordering: .relaxed).newValue, ordering: .relaxed)
          inside.subtract(1, ordering: .relaxed)
        }
      }
      #expect(most.load(ordering: .relaxed) == 1)
    }
  }
}
